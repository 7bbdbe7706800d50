import { lazy } from "react";

import { asList, asText } from "@/api";

import { defineField } from "../contract";
import { optionText, readOption, SelectFilter } from "../select";
import { TagsDisplay } from "./display";

export const TagsInput = lazy(() => import("./input").then((m) => ({ default: m.TagsInput })));

const SEPARATORS = /[,，、;；]/;

export const multiSelect = defineField({
  type: "multi_select",
  Display: TagsDisplay,
  Input: TagsInput,
  Filter: SelectFilter,
  operators: ["has_any", "has_all", "empty", "not_empty"],
  width: 160,
  text: (value, { field, language }) =>
    asList(value)
      .map((one) => optionText(field, asText(one), language))
      .join(", "),
  read: (pasted, { field }) => {
    const keys = pasted.split(SEPARATORS).map((word) => readOption(field, word));
    return keys.every((key) => key !== undefined) ? keys : undefined;
  },
});

export const words = (pasted: string): string[] =>
  pasted
    .split(SEPARATORS)
    .map((word) => word.trim())
    .filter(Boolean);
