import { lazy } from "react";

import { defineField } from "../contract";
import { BooleanDisplay } from "./display";

const BooleanInput = lazy(() => import("./input").then((m) => ({ default: m.BooleanInput })));
const BooleanFilter = lazy(() => import("./filter").then((m) => ({ default: m.BooleanFilter })));

const TRUE = ["true", "1", "yes", "y", "是", "√"];
const FALSE = ["false", "0", "no", "n", "否", "×", ""];

export const boolean = defineField({
  type: "boolean",
  Display: BooleanDisplay,
  Input: BooleanInput,
  Filter: BooleanFilter,
  operators: ["eq", "empty", "not_empty"],
  width: 88,
  first: true,
  text: (value, { language }) => (value === true ? YES[language] : value === false ? NO[language] : ""),
  read: (pasted) => {
    const word = pasted.trim().toLowerCase();
    if (TRUE.includes(word)) return true;
    return FALSE.includes(word) ? false : undefined;
  },
});

const YES = { zh: "是", en: "yes" };
const NO = { zh: "否", en: "no" };
