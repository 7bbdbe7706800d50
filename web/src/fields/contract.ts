import type { ComponentType } from "react";

import type { Blueprint, FieldDef, Json, Row, Values } from "@/api";
import type { Language } from "@/i18n";

export type DisplayProps = {
  object: string;
  field: FieldDef;
  value: Json | undefined;
  row?: Row;
  /** In a table cell or on a card there is room for one line. */
  tight?: boolean;
};

export type InputProps = {
  object: string;
  field: FieldDef;
  value: Json | undefined;
  onChange: (value: Json) => void;
  /** The person is done with this field: left it, chose, or pressed Enter. */
  onDone?: () => void;
  id?: string;
  autoFocus?: boolean;
  problem?: string | undefined;
  /** The other values of the same record, where an input depends on them. */
  values?: Values;
  bare?: boolean;
};

export type FilterProps = {
  object: string;
  field: FieldDef;
  op: string;
  value: Json | undefined;
  onChange: (value: Json) => void;
};

export type TextContext = { field: FieldDef; language: Language; object: string; blueprint?: Blueprint };

/** All that the rest of the program knows about a type of field. */
export type FieldType = {
  type: string;
  Display: ComponentType<DisplayProps>;
  Input: ComponentType<InputProps>;
  Filter: ComponentType<FilterProps>;
  /** Which comparisons a filter offers when the server names none. */
  operators: string[];
  align: "start" | "end";
  /** How wide its column is at first. */
  width: number;
  /** As plain text: for copying, for alternatives and for what filters say. */
  text: (value: Json | undefined, context: TextContext) => string;
  /** A pasted text as a value; undefined when it is none. */
  read?: (text: string, context: TextContext) => Json | undefined;
  /** Cannot be entered by people. */
  readOnly: boolean;
  /** Takes the whole width of a form. */
  wide: boolean;
  /** Its display is a link, so inside another link its text stands instead. */
  linked: boolean;
  /** Stands in large beside the title of a record. */
  headline: boolean;
  /** Needs a record to hang on, so a form for a new one leaves it out. */
  afterwards: boolean;
  /** Compared as before and after, not as less and more. */
  dated: boolean;
  /** What a new filter on it begins with. */
  first: Json;
  /** Measures a total of this field can show. */
  measure?: "sum" | "avg";
};

type Given = Pick<FieldType, "type" | "Display" | "Input" | "Filter" | "text"> & Partial<FieldType>;

const USUAL = {
  align: "start" as const,
  width: 140,
  operators: ["eq", "ne", "empty", "not_empty"],
  readOnly: false,
  wide: false,
  linked: false,
  headline: false,
  afterwards: false,
  dated: false,
  first: null,
} satisfies Partial<FieldType>;

export function defineField(given: Given): FieldType {
  return { ...USUAL, ...given };
}
