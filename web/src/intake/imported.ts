import type { Condition } from "@/api";

import type { RecentImport } from "./types";

const SECOND = 1000;

/** The records an import wrote: what was last changed while it ran. Conditions know no parts of a second, so the
 * second in which it ended is within. */
export function importedWhere(run: RecentImport | undefined): Condition | undefined {
  if (!run?.finished_at) return undefined;
  return {
    all: [
      ...(run.by ? [{ field: "updated_by", op: "eq", value: run.by.id }] : []),
      { field: "updated_at", op: "gte", value: moment(run.at, 0) },
      { field: "updated_at", op: "lt", value: moment(run.finished_at, SECOND) },
    ],
  };
}

function moment(at: string, later: number): string {
  const whole = Math.floor((Date.parse(at) + later) / SECOND) * SECOND;
  return new Date(whole).toISOString().replace(".000", "");
}
