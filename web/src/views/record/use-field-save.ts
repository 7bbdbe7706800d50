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

  const write = (key: string, value: Json, versioned: boolean) => {
    const version = row["version"];
    const before = row[key] ?? null;
    save.mutate(
      { id: row.id, values: { [key]: value }, ...(versioned && typeof version === "number" ? { version } : {}) },
      {
        onSuccess: () => {
          setProblems(({ [key]: _solved, ...rest }) => rest);
          toast(t("common.saved"), { tone: "good", ...(versioned ? { undo: () => write(key, before, false) } : {}) });
        },
        onError: (error) => {
          const text = isProblem(error) ? error.at(key) : undefined;
          if (text) setProblems((now) => ({ ...now, [key]: text }));
          else toast(explain(error), { tone: "bad" });
        },
      },
    );
  };
  return { saveField: (key: string, value: Json) => write(key, value, true), problems };
}
