import type { Label, Titled } from "./blueprint-types";
import type { Condition } from "./condition";
import type { Json, JsonObject } from "./json";

export type Values = JsonObject;

export type Row = Values & { id: string; can?: Can };

export type Can = { update?: boolean; delete?: boolean; transfer?: boolean; move?: boolean; handoff?: boolean };

export type ListQuery = {
  where?: Condition;
  view?: string;
  sort?: string[];
  columns?: string[];
  q?: string;
  limit?: number;
  trash?: boolean;
};

export type Page = { items: Row[]; next: string | null; count?: { value: number; exact: boolean } };

export type BoardColumn = {
  stage: string;
  count: number;
  sum: Record<string, string | number | null>;
  items: Row[];
  next: string | null;
};

export type Board = { columns: BoardColumn[] };

export type Group = string | { field: string; by: "day" | "week" | "month" | "quarter" | "year" };
export type Measure = { fn: "count" | "sum" | "avg" | "min" | "max"; field?: string };
export type Aggregate = { rows: { group: Json[]; values: Json[] }[] };

export type BatchAction = "update" | "transfer" | "delete" | "restore";

export type BatchOrder = {
  action: BatchAction;
  ids?: string[];
  where?: Condition;
  values?: Values;
  owner?: string;
  dry_run?: boolean;
};

export type BatchResult = {
  count: number;
  batch: string | null;
  rows: { updated: number; rejected: number };
  rejected: { id: string; title: string; problems: { path: string; text: string }[] }[];
};

export type FileRef = { id: string; name: string; size: number; type: string };

export type TimelineItem = {
  id: string;
  at: string;
  actor: Titled | null;
  kind: string;
  changes?: Record<string, [Json, Json]>;
  text?: string | null;
  stage?: string | null;
  to_stage?: string | null;
  to?: Titled | null;
  reason?: Label | null;
  message?: string | null;
  missing?: string[] | null;
  file?: FileRef | null;
  record?: Row | null;
};

export type Span = {
  holder: Titled | null;
  entered: string;
  left: string | null;
  working_seconds: number;
  returns: number;
  breached?: boolean;
};

export type Leg = {
  stage: string;
  state: "done" | "current" | "coming" | "skipped";
  spans: Span[];
  role: string | null;
  backup_role: string | null;
  working_seconds: number | null;
};

/** A baton held out and not yet taken. */
export type OpenHandoff = {
  id: string;
  from: Titled | null;
  to: Titled | null;
  to_stage: string | null;
  due: string | null;
  offered_at: string;
  message: string | null;
};

export type Track = {
  stages: Leg[];
  handoff?: OpenHandoff | null;
  holder: Titled | null;
  backup: Titled | null;
  due: string | null;
  working_seconds_total: number;
};

export type RelatedGroup = { object: string; field: string; count: number; items: Row[] };

export type SearchGroup = { object: string; items: { id: string; title: string; subtitle: string | null }[] };
