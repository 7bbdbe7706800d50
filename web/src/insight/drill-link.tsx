import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspace } from "@/api";
import { listOf } from "@/routes/search";

import styles from "./reports.module.css";
import type { AnyDrill } from "./types";

type Props = {
  drill: AnyDrill | null | undefined;
  children: ReactNode;
  label?: string | undefined;
  className?: string | undefined;
};

/** A number that opens what it counted; plain text where there is no list behind it. */
export function DrillLink({ drill, children, label, className }: Props) {
  const { ws, object } = useWorkspace();
  const shared = { className: `${styles["drill"]} ${className ?? ""}`, "aria-label": label, preload: false as const };
  if (drill && "handoffs" in drill) {
    return (
      <Link to="/w/$ws/reports" params={{ ws }} search={(now) => ({ ...now, handoffs: drill.handoffs })} {...shared}>
        {children}
      </Link>
    );
  }
  if (!drill || !object(drill.object)) return <span className={className}>{children}</span>;
  return (
    <Link to="/w/$ws/o/$object" params={{ ws, object: drill.object }} search={listOf(drill.where, object(drill.object))} {...shared}>
      {children}
    </Link>
  );
}
