import type { Condition } from "./condition";
import type { Json, JsonObject } from "./json";

/** A text in both languages. */
export type Label = { zh: string; en: string };

export type Option = { key: string; label: Label; color?: string | null };

export type FieldDef = {
  key: string;
  type: string;
  label: Label;
  help?: Label | null;
  required?: boolean;
  system?: boolean;
  access?: "read" | "write";
  /** Whatever the type understands: `options`, `to`, `currency`, `max` … Read through the type's own reader. */
  options?: JsonObject;
  /** The object a reference points to. */
  to?: string | null;
  default?: Json;
  operators?: string[];
  sortable?: boolean;
  filterable?: boolean;
};

export type Section = { key: string; label: Label; fields: string[] };

export type ViewDef = {
  key: string;
  label: Label;
  where?: Condition;
  sort?: string[];
  columns?: string[];
  /** Views people saved have an id; those of the blueprint have none. */
  id?: string;
  shared?: boolean;
  mine?: boolean;
};

export type ObjectRights = {
  create: boolean;
  import: boolean;
  export: boolean;
  update: boolean;
  delete: boolean;
  transfer: boolean;
};

export type DuplicateRule = { kind: string; fields: string[]; strict?: boolean };

export type ObjectDef = {
  key: string;
  label: Label;
  plural?: Label | null;
  icon: string;
  /** The field that names a record. */
  title: string;
  traits: string[];
  fields: FieldDef[];
  columns: string[];
  card: { subtitle?: string | null; fields: string[] };
  form: Section[];
  views: ViewDef[];
  sort: string[];
  navigation?: number | null;
  rights: ObjectRights;
  duplicates?: DuplicateRule[];
};

export type DeliverableDef = {
  key: string;
  label: Label;
  kind: "check" | "file" | "field";
  field?: string | null;
  required: boolean;
};

export type StageDef = {
  key: string;
  label: Label;
  kind: "open" | "won" | "lost" | "void";
  active: boolean;
  role?: string | null;
  backup?: string | null;
  probability: number;
  duties: Label[];
  deliverables: DeliverableDef[];
  gate?: { required?: string[]; where?: Condition };
  limit?: { hours: number; clock: "natural" | "working"; warn_hours: number } | null;
};

export type MoveDef = {
  from: string[];
  to: string;
  label?: Label | null;
  roles?: string[];
  required?: string[];
  handoff?: { role: string; choose: string; due_hours: number; clock: string; automatic: boolean } | null;
};

export type ProcessDef = {
  key: string;
  object: string;
  label: Label;
  stages: StageDef[];
  moves: MoveDef[];
  return_reasons: { key: string; label: Label }[];
};

export type Titled = { id: string; title: string };

export type Me = {
  member: Titled;
  roles: string[];
  department: Titled | null;
  rights: string[];
  everything: boolean;
};

export type Blueprint = {
  version: number;
  name: Label;
  currency: string;
  time_zone: string;
  me: Me;
  objects: Record<string, ObjectDef>;
  processes: Record<string, ProcessDef>;
  roles: Record<string, { label: Label; description?: Label | null }>;
};
