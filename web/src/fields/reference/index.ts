import { lazy } from "react";

import { defineField, type FieldType } from "../contract";
import { ReferenceDisplay } from "./display";
import { titledList } from "./titled";

const ReferenceInput = lazy(() => import("./input").then((m) => ({ default: m.ReferenceInput })));
const ReferenceFilter = lazy(() => import("./filter").then((m) => ({ default: m.ReferenceFilter })));

export const ONE_OPERATORS = ["in", "not_in", "eq", "ne", "empty", "not_empty"];
export const MANY_OPERATORS = ["has_any", "has_all", "empty", "not_empty"];

export const toRecord = (type: string, more: Partial<FieldType> = {}): FieldType =>
  defineField({
    type,
    Display: ReferenceDisplay,
    Input: ReferenceInput,
    Filter: ReferenceFilter,
    operators: ONE_OPERATORS,
    width: 168,
    linked: true,
    text: (value) =>
      titledList(value)
        .map((one) => one.title)
        .join(", "),
    ...more,
  });

export const reference = toRecord("reference");
