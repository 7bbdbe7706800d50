import { useCallback } from "react";

import { useSave, type ObjectDef, type Row, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { toast, useErrorText } from "@/ui";

import type { Column } from "./table/columns";
import { plan } from "./table/paste";
import type { At } from "./table/table-row";

const AT_ONCE = 4;

/** Saves cells at once and says how to take it back. */
export function useCellSave(def: ObjectDef) {
  const { t, language } = useText();
  const { mutateAsync } = useSave(def.key);
  const explain = useErrorText();

  const write = useCallback(
    async (row: Row, values: Values): Promise<boolean> => {
      try {
        await mutateAsync({ id: row.id, values, ...(typeof row["version"] === "number" ? { version: row["version"] } : {}) });
        return true;
      } catch (error) {
        toast(explain(error instanceof Error ? error : null), { tone: "bad" });
        return false;
      }
    },
    // `explain` is new on each drawing and always says the same.
    // eslint-disable-next-line react/exhaustive-deps
    [mutateAsync],
  );

  const saveCell = useCallback(
    async (row: Row, values: Values) => {
      const before = Object.fromEntries(Object.keys(values).map((key) => [key, row[key] ?? null]));
      const done = await write(row, values);
      if (done) toast(t("common.saved"), { tone: "good", undo: () => void write({ id: row.id }, before) });
    },
    [write, t],
  );

  const pasteAt = async (text: string, at: At, rows: Row[], columns: Column[]) => {
    const { changes, refused } = plan(text, at, rows, columns, language, def.key);
    if (changes.length === 0) return toast(t("list.pasteNothing"), { tone: "bad" });
    const done = await eachOf(changes, ({ row, values }) => write(row, values));
    if (done.length === 0) return undefined;
    const cells = done.reduce((sum, { values }) => sum + Object.keys(values).length, 0);
    const undo = () => void eachOf(done, ({ row, before }) => write({ id: row.id }, before));
    const said = refused > 0 ? t("list.pastedSome", { cells, refused }) : t("list.pasted", { cells });
    return toast(said, { tone: "good", undo });
  };
  return { saveCell, pasteAt };
}

/** Works through the list a few at a time and returns those that went well. */
async function eachOf<T>(list: T[], work: (one: T) => Promise<boolean>): Promise<T[]> {
  const done: T[] = [];
  const waiting = [...list];
  const run = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      // Each worker takes the next only when its last one is written.
      // eslint-disable-next-line no-await-in-loop
      if (await work(one)) done.push(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return done;
}
