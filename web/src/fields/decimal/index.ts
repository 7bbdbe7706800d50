import { lazy } from "react";

import { defineField, type FieldType } from "../contract";
import { NumberDisplay } from "./display";
import { grouped, readNumber } from "./numbers";

export const NumberInput = lazy(() => import("./input").then((m) => ({ default: m.NumberInput })));
export const NumberFilter = lazy(() => import("./filter").then((m) => ({ default: m.NumberFilter })));

export const NUMBER_OPERATORS = ["eq", "ne", "gt", "gte", "lt", "lte", "between", "empty", "not_empty"];

export const number = (type: string, more: Partial<FieldType>): FieldType =>
  defineField({
    type,
    Display: NumberDisplay,
    Input: NumberInput,
    Filter: NumberFilter,
    operators: NUMBER_OPERATORS,
    align: "end",
    width: 104,
    text: grouped,
    read: readNumber,
    measure: "sum",
    ...more,
  });

export const decimal = number("decimal", {});
