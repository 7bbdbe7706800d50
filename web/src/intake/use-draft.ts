import { useEffect, useState } from "react";

import { isObject, parseJson } from "@/api";

import { draftOf, type Draft } from "./draft";
import type { ImportRun } from "./types";

const KEY = "jieli.import.";

/** The mapping while it is being made; a reload of the page finds it again. */
export function useDraft(run: ImportRun, owned: boolean): [Draft, (next: Draft) => void] {
  const reading = `${run.id}/${run.sheet}/${run.header_row}`;
  const [held, setHeld] = useState(() => ({ reading, draft: kept(reading) ?? draftOf(run, owned) }));
  // Another sheet or header row has other columns, so what was chosen for the old ones means nothing.
  if (held.reading !== reading) setHeld({ reading, draft: draftOf(run, owned) });
  useEffect(() => {
    sessionStorage.setItem(KEY, JSON.stringify(held));
  }, [held]);
  return [held.draft, (draft) => setHeld({ reading, draft })];
}

/** Only the import last worked on is remembered. */
function kept(reading: string): Draft | undefined {
  const stored = parseJson(sessionStorage.getItem(KEY) ?? "");
  if (!isObject(stored) || stored["reading"] !== reading || !isObject(stored["draft"])) return undefined;
  return stored["draft"] as Draft;
}
