import { Link } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

import { usePrefetch, useWorkspace } from "@/api";

import { usePanels } from "./panels";

type Props = { object: string; id: string; children: ReactNode; className?: string | undefined; tabIndex?: number };

/** Opens the record over the page; with Ctrl, ⌘ or the middle button its own page in a new tab. */
export function RecordLink({ object, id, children, className, tabIndex }: Props) {
  const { ws } = useWorkspace();
  const { openRecord } = usePanels();
  const prefetch = usePrefetch();
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    openRecord(object, id);
  };
  return (
    <Link
      to="/w/$ws/o/$object/$id"
      params={{ ws, object, id }}
      onClick={open}
      onMouseEnter={() => prefetch(object, id)}
      className={className ?? ""}
      {...(tabIndex === undefined ? {} : { tabIndex })}
      preload={false}
    >
      {children}
    </Link>
  );
}
