import type { ObjectDef } from "@/api/blueprint-types";
import { isAlways, type Condition } from "@/api/condition";
import { isObject, parseJson, type Json, type JsonObject } from "@/api/json";

/** What lies over a page: an opened record, or a form for a new one. */
export type PanelSearch = {
  /** "object:id" */
  open?: string;
  create?: string;
  /** Values the new record begins with. */
  preset?: JsonObject;
};

export type ListSearch = {
  view?: string;
  as?: "table" | "board";
  where?: Condition;
  sort?: string[];
  columns?: string[];
  q?: string;
};

const IMPORT_STEPS = ["file", "match", "check"] as const;

/** The steps of an import before it runs. */
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** Which import, and which step of it. */
export type ImportSearch = { id?: string; step?: ImportStep };

const BOXES = ["in", "out", "all"] as const;
const HANDOFF_STATES = ["offered", "accepted", "returned", "withdrawn", "expired"] as const;

/** Which hand-offs: for me, by me or both, and what became of them. */
export type HandoffSearch = { box?: (typeof BOXES)[number]; state?: (typeof HANDOFF_STATES)[number] };

export const PERIODS = ["this_month", "this_quarter", "last_30_days", "this_year", "custom"] as const;
export type PeriodName = (typeof PERIODS)[number];

/** What the reports are about; days as 2026-11-23. */
export type ReportSearch = {
  period?: PeriodName;
  from?: string;
  to?: string;
  process?: string;
  department?: string;
  owner?: string;
  metric?: string;
  /** The hand-offs behind a number, listed over the page. */
  handoffs?: JsonObject;
};

/** Which role is looked at, among the settings. */
export type SettingsSearch = { role?: string };

type Raw = Record<string, unknown>;

export function panelSearch(raw: Raw): PanelSearch {
  const search: PanelSearch = {};
  const open = textOf(raw["open"]);
  const create = textOf(raw["create"]);
  const preset = jsonOf(raw["preset"]);
  if (open?.includes(":")) search.open = open;
  if (create) search.create = create;
  if (isObject(preset)) search.preset = preset;
  return search;
}

export function listSearch(raw: Raw): ListSearch {
  const search: ListSearch = {};
  const view = textOf(raw["view"]);
  const q = textOf(raw["q"]);
  const where = jsonOf(raw["where"]);
  const sort = textsOf(raw["sort"]);
  const columns = textsOf(raw["columns"]);
  if (view) search.view = view;
  if (q) search.q = q;
  if (raw["as"] === "board" || raw["as"] === "table") search.as = raw["as"];
  if (isObject(where)) search.where = where as Condition;
  if (sort) search.sort = sort;
  if (columns) search.columns = columns;
  return search;
}

export function importSearch(raw: Raw): ImportSearch {
  const search: ImportSearch = {};
  const id = textOf(raw["id"]);
  const step = IMPORT_STEPS.find((one) => one === raw["step"]);
  if (id) search.id = id;
  if (step) search.step = step;
  return search;
}

export function handoffSearch(raw: Raw): HandoffSearch {
  const search: HandoffSearch = {};
  const box = BOXES.find((one) => one === raw["box"]);
  const state = HANDOFF_STATES.find((one) => one === raw["state"]);
  if (box) search.box = box;
  if (state) search.state = state;
  return search;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function reportSearch(raw: Raw): ReportSearch {
  const search: ReportSearch = {};
  const period = PERIODS.find((one) => one === raw["period"]);
  if (period) search.period = period;
  for (const key of ["from", "to"] as const) {
    const day = textOf(raw[key]);
    if (day && DAY.test(day)) search[key] = day;
  }
  for (const key of ["process", "department", "owner", "metric"] as const) {
    const text = textOf(raw[key]);
    if (text) search[key] = text;
  }
  const handoffs = jsonOf(raw["handoffs"]);
  if (isObject(handoffs)) search.handoffs = handoffs;
  return search;
}

export function settingsSearch(raw: Raw): SettingsSearch {
  const role = textOf(raw["role"]);
  return role ? { role } : {};
}

/** The list of exactly these records. The condition is given even when empty, or the list's first view would narrow
 * it; the view is the one that shows all, so that no tab claims otherwise. */
export function listOf(where: Condition, def: ObjectDef | undefined): ListSearch {
  const all = def?.views.find((view) => isAlways(view.where));
  return { where, ...(all ? { view: all.key } : {}) };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function jsonOf(value: unknown): Json | undefined {
  if (typeof value === "string") return parseJson(value);
  return value === undefined ? undefined : (value as Json);
}

function textsOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((item) => typeof item === "string");
}
