import { lazy } from "react";

import { asText } from "@/api";

import { defineField } from "../contract";
import { TextDisplay } from "./display";

export const TextInput = lazy(() => import("./input").then((m) => ({ default: m.TextInput })));
export const TextFilter = lazy(() => import("./filter").then((m) => ({ default: m.TextFilter })));

export const TEXT_OPERATORS = ["contains", "not_contains", "eq", "ne", "starts", "empty", "not_empty"];

export const text = defineField({
  type: "text",
  Display: TextDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  width: 148,
  text: asText,
  read: (pasted) => pasted.trim() || null,
});
