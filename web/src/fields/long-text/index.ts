import { lazy } from "react";

import { asText } from "@/api";

import { defineField } from "../contract";
import { TEXT_OPERATORS, TextFilter } from "../text";
import { LongTextDisplay } from "./display";

const LongTextInput = lazy(() => import("./input").then((m) => ({ default: m.LongTextInput })));

export const longText = defineField({
  type: "long_text",
  Display: LongTextDisplay,
  Input: LongTextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  width: 240,
  wide: true,
  text: asText,
  read: (pasted) => pasted || null,
});
