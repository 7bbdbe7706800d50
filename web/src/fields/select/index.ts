import { lazy } from "react";

import { asText, type FieldDef } from "@/api";
import type { Language } from "@/i18n";

import { defineField } from "../contract";
import { optionsOf } from "../options";
import { SelectDisplay } from "./display";

const SelectInput = lazy(() => import("./input").then((m) => ({ default: m.SelectInput })));
export const SelectFilter = lazy(() => import("./filter").then((m) => ({ default: m.SelectFilter })));

export function optionText(field: FieldDef, key: string, language: Language): string {
  return optionsOf(field).find((option) => option.key === key)?.label[language] ?? key;
}

/** The option whose key or label, in either language, is this text. */
export function readOption(field: FieldDef, pasted: string): string | undefined {
  const word = pasted.trim().toLowerCase();
  return optionsOf(field).find(({ key, label }) =>
    [key, label.zh, label.en].some((name) => name.toLowerCase() === word),
  )?.key;
}

export const select = defineField({
  type: "select",
  Display: SelectDisplay,
  Input: SelectInput,
  Filter: SelectFilter,
  operators: ["in", "not_in", "eq", "ne", "empty", "not_empty"],
  width: 116,
  text: (value, { field, language }) => optionText(field, asText(value), language),
  read: (pasted, { field }) => readOption(field, pasted),
});
