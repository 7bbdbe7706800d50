import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { isAlways, useWorkspace, type ObjectDef } from "@/api";
import type { ListSearch } from "@/routes/search";

import styles from "./reports.module.css";
import type { AnyDrill, Drill } from "./types";

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
    <Link to="/w/$ws/o/$object" params={{ ws, object: drill.object }} search={drillSearch(drill, object(drill.object))} {...shared}>
      {children}
    </Link>
  );
}

/** As the list reads its address. The condition is given even when empty, or the list's first view would narrow it;
 * the view is the one that shows all, so that no tab claims otherwise. */
export function drillSearch(drill: Drill, def: ObjectDef | undefined): ListSearch {
  const all = def?.views.find((view) => isAlways(view.where));
  return { where: drill.where, ...(all ? { view: all.key } : {}) };
}
