import type { FieldProblem, Json, Label } from "@/api";

export type ImportState = "draft" | "checking" | "running" | "done" | "failed" | "cancelled" | "undone";

export type SheetInfo = { name: string; rows: number | null; hidden?: boolean };

export type Guess = { type: string; options?: string[]; confidence: number; why?: string[] };

export type ImportColumn = {
  index: number;
  name: string;
  samples: Json[];
  /** How many of the first rows hold something. */
  filled?: number;
  guess: Guess;
  /** The field it surely belongs to. */
  target: string | null;
  /** The likeliest field, even when that is not sure. */
  maybe?: string | null;
  confidence: number;
  /** Why, in the reader's language. */
  why?: string[];
};

export type PreviewRow = { row: number; cells: Json[] };

export type DroppedRow = { row: number; reason: "above_header" | "total" | "repeated_header"; text: string };

export type NewField = { label: Label; type: string; options: string[] };

export type Wanted = { index: number; target: string | null; new_field?: NewField | null };

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
  file_name: string;
  at: string;
  sheets: SheetInfo[];
  sheet: string;
  header_row: number;
  columns: ImportColumn[];
  preview: PreviewRow[];
  /** Keys of the fields a file may fill. */
  targets?: string[];
  rows_estimate: number;
  dropped: DroppedRow[];
  warnings?: string[];
  empty_values?: string[];
  setup?: Setup | null;
  progress?: { done: number; total: number } | null;
  /** What the last check found; it may be of other settings than `setup`. */
  check?: CheckResult | null;
  result?: ImportResult | null;
  error?: ImportError | null;
};

export type ImportError = { code: string; text: string; problems: FieldProblem[] };

/** One of the latest imports, as the list of them tells. */
export type RecentImport = Pick<ImportRun, "id" | "object" | "file_name" | "at" | "state" | "result"> & {
  by: { id: string; title: string | null } | null;
  finished_at: string | null;
};

export type CheckedRow = {
  row: number;
  values?: Record<string, Json>;
  /** `row` is another row of the same file. */
  with?: { object: string; id: string | null; title: string | null; row?: number | null } | null;
  reasons?: string[];
  problems?: FieldProblem[];
};

export type CheckResult = {
  rows: number;
  new: number;
  duplicates: number;
  rejected: number;
  created: number;
  updated: number;
  warnings?: string[];
  notes?: string[];
  sample: { new: CheckedRow[]; duplicates: CheckedRow[]; rejected: CheckedRow[] };
};
