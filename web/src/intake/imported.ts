import type { Condition } from "@/api";

import type { RecentImport } from "./types";

/** The records an import wrote: what was last changed while it ran. */
export function importedWhere(run: RecentImport | undefined): Condition | undefined {
  if (!run?.finished_at) return undefined;
  return {
    all: [
      ...(run.by ? [{ field: "updated_by", op: "eq", value: run.by.id }] : []),
      { field: "updated_at", op: "between", value: [run.at, run.finished_at] },
    ],
  };
}
