import type { Json, Label, UndoResult } from "@/api";

export type ImportState = "draft" | "checking" | "running" | "done" | "failed" | "cancelled" | "undone";

export type SheetInfo = { name: string; rows: number | null; hidden?: boolean };

export type Guess = { type: string; options?: string[]; confidence: number };

export type ImportColumn = {
  index: number;
  name: string;
  samples: Json[];
  guess: Guess;
  /** The field the server takes it for; null when none fits. */
  target: string | null;
  confidence: number;
  /** Why, in the reader's language. */
  why?: string[];
};

export type PreviewRow = { row: number; cells: Json[] };

export type DroppedRow = { row: number; reason: string; text: string };

export type NewField = { label: Label; type: string; options: string[] };

export type Wanted = { index: number; target: string | null; new_field?: NewField };

export type Policy = "skip" | "update" | "create";

export type Setup = {
  mapping: Wanted[];
  policy: Policy;
  assign: "rules" | "owner";
  owner: string | null;
  automations: boolean;
  empty_values: string[];
  create_missing: boolean;
  add_choices: boolean;
};

export type ImportResult = {
  rows: number;
  created: number;
  updated: number;
  skipped: number;
  rejected: number;
  seconds: number;
  batch: string | null;
  result_file?: string | null;
  added_fields?: string[];
  created_missing?: Record<string, number>;
  warnings?: string[];
};

export type ImportRun = {
  id: string;
  object: string;
  state: ImportState;
  name: string;
  at: string;
  by?: { id: string; title: string | null } | null;
  started?: string | null;
  finished?: string | null;
  sheets: SheetInfo[];
  sheet: string;
  header_row: number;
  columns: ImportColumn[];
  preview?: PreviewRow[];
  /** Keys of the fields a file may fill. */
  targets?: string[];
  rows_estimate: number;
  dropped: DroppedRow[];
  warnings?: string[];
  empty_values?: string[];
  setup?: Setup | null;
  progress?: { done: number; total: number } | null;
  result?: ImportResult | null;
  problem?: string | null;
};

export type RowProblem = { path: string; text: string };

export type CheckedRow = {
  row: number;
  values?: Record<string, Json>;
  with?: { object: string; id: string | null; title: string | null } | null;
  problems?: RowProblem[];
};

export type CheckResult = {
  rows: number;
  new: number;
  duplicates: number;
  rejected: number;
  updated?: number;
  warnings?: string[];
  sample: { new: CheckedRow[]; duplicates: CheckedRow[]; rejected: CheckedRow[] };
};

export type { UndoResult };
