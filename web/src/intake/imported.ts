import type { Condition } from "@/api";

import type { ImportRun } from "./types";

/** The records an import wrote: what its author last changed while it ran. */
export function importedWhere(run: ImportRun): Condition | undefined {
  if (!run.started || !run.finished || !run.by) return undefined;
  return {
    all: [
      { field: "updated_by", op: "eq", value: run.by.id },
      { field: "updated_at", op: "between", value: [run.started, run.finished] },
    ],
  };
}
