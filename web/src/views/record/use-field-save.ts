import { useState } from "react";

import { isProblem, useSave, type Json, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { toast, useErrorText } from "@/ui";

/** Saves single fields of one record; what the server says against a field stands at that field. */
export function useFieldSave(def: ObjectDef, row: Row) {
  const { t } = useText();
  const save = useSave(def.key);
  const explain = useErrorText();
  const [problems, setProblems] = useState<Record<string, string>>({});

  // The answer is awaited here, because the screen may have gone when it comes.
  const write = async (key: string, value: Json, versioned: boolean) => {
    const version = row["version"];
    const before = row[key] ?? null;
    try {
      await save.mutateAsync({
        id: row.id,
        values: { [key]: value },
        ...(versioned && typeof version === "number" ? { version } : {}),
      });
      setProblems(({ [key]: _solved, ...rest }) => rest);
      toast(t("common.saved"), { tone: "good", ...(versioned ? { undo: () => void write(key, before, false) } : {}) });
    } catch (error) {
      const problem = error instanceof Error ? error : null;
      const text = isProblem(problem) ? problem.at(key) : undefined;
      if (text) setProblems((now) => ({ ...now, [key]: text }));
      else toast(explain(problem), { tone: "bad" });
    }
  };
  return { saveField: (key: string, value: Json) => void write(key, value, true), problems };
}
