import { useState } from "react";

import { isEmpty, type FieldProblem, type Json, type ObjectDef, type Values } from "@/api";
import { canEdit } from "@/fields";

/** The values a new record begins with: what the caller knows, else each field's own default. */
export function firstValues(def: ObjectDef, preset: Values): Values {
  const defaults = def.fields
    .filter((field) => canEdit(field) && !isEmpty(field.default))
    .map((field) => [field.key, field.default ?? null] as const);
  return { ...Object.fromEntries(defaults), ...preset };
}

/** What is being entered, and which fields have been left already, so that nobody is scolded while still typing. */
export function useDraft(def: ObjectDef, preset: Values) {
  const [values, setValues] = useState<Values>(() => firstValues(def, preset));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<FieldProblem[]>([]);
  return {
    values,
    touched,
    refused,
    set: (key: string, value: Json) => {
      setValues((now) => ({ ...now, [key]: value }));
      setRefused((now) => now.filter((problem) => bare(problem.path) !== key));
    },
    touch: (key: string) => setTouched((now) => new Set(now).add(key)),
    refuse: setRefused,
    reset: (to: Values) => {
      setValues(firstValues(def, to));
      setTouched(new Set());
      setRefused([]);
    },
  };
}

export function bare(path: string): string {
  return path.replace(/^values\./, "").split(".")[0] ?? "";
}

export function filled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}
