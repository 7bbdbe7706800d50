import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspace } from "@/api";

import styles from "./reports.module.css";
import type { Drill } from "./types";

type Props = { drill: Drill | null | undefined; children: ReactNode; label?: string; className?: string | undefined };

/** A number that opens the records it counted; plain text where there is no list behind it. */
export function DrillLink({ drill, children, label, className }: Props) {
  const { ws, object } = useWorkspace();
  if (!drill || !object(drill.object)) return <span className={className}>{children}</span>;
  return (
    <Link
      to="/w/$ws/o/$object"
      params={{ ws, object: drill.object }}
      search={drillSearch(drill)}
      className={`${styles["drill"]} ${className ?? ""}`}
      aria-label={label}
      preload={false}
    >
      {children}
    </Link>
  );
}

/** As the list reads its address. An empty condition is given too, or else the list's first view would narrow it. */
export function drillSearch(drill: Drill): { where: Drill["where"] } {
  return { where: drill.where };
}
