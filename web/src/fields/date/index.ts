import { lazy } from "react";

import { asText } from "@/api";

import { defineField } from "../contract";
import { readDay } from "./day";
import { DateDisplay } from "./display";

export const DateInput = lazy(() => import("./input").then((m) => ({ default: m.DateInput })));
export const DateFilter = lazy(() => import("./filter").then((m) => ({ default: m.DateFilter })));

export const DATE_OPERATORS = ["within", "eq", "lt", "lte", "gt", "gte", "between", "empty", "not_empty"];

export const date = defineField({
  type: "date",
  Display: DateDisplay,
  Input: DateInput,
  Filter: DateFilter,
  operators: DATE_OPERATORS,
  width: 112,
  dated: true,
  text: asText,
  read: readDay,
});
