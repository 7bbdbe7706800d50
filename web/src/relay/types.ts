import type { DeliverableDef, FileRef, Json, Label, Row, Titled, Values } from "@/api";

export type Missing = { fields: string[]; deliverables: string[] };

/** Who could take the record over, with what speaks for them. */
export type Candidate = {
  id: string;
  title: string;
  load: number;
  /** Share of offers answered in time; null when there were none. */
  on_time: number | null;
  owner: boolean;
};

/** A move from where the record stands. */
export type Move = {
  to: string;
  label: Label;
  kind: "open" | "won" | "lost" | "void";
  forward: boolean;
  allowed: boolean;
  missing: Missing;
  required: string[];
  handoff?: { role: string; choose: string; due_hours: number; clock: string; candidates?: Candidate[] } | null;
};

export type Deliverable = DeliverableDef & {
  done: boolean;
  by: Titled | null;
  at: string | null;
  files?: FileRef[];
};

export type Package = {
  fields: { key: string; label: Label; value: Json }[];
  deliverables: { key: string; label: Label; done: boolean }[];
  files: { id: string; name: string; size: number }[];
};

export type HandoffState = "offered" | "accepted" | "returned" | "expired" | "withdrawn";

export type Handoff = {
  id: string;
  object: string;
  record: { id: string; title: string | null };
  from: Titled;
  to: Titled;
  stage: string;
  to_stage: string | null;
  state: HandoffState;
  offered_at: string;
  due: string | null;
  answered_at: string | null;
  reason: Label | null;
  missing: string[];
  message: string | null;
  automatic: boolean;
  package: Package;
};

export type Offer = { to: string; stage?: string | undefined; message: string; due?: string | undefined };

export type Answer =
  | { kind: "accept" }
  | { kind: "withdraw" }
  /** The reason is the key of one of the process, or a text of one's own. */
  | { kind: "return"; reason: string; missing: string[]; message: string };

export type Proposal = {
  account: { match?: Titled | null; values: Values };
  contact: { values: Values } | null;
  opportunity: { values: Values } | null;
};

export type Conversion = { account?: string | { values: Values }; contact?: { values: Values } | null; opportunity?: { values: Values } | null };

export type Converted = { account: string | null; contact: string | null; opportunity: string | null };

export type Decision = {
  at: string;
  rule: string | null;
  label: Label | null;
  chosen: Titled | null;
  candidates: { member: Titled; load: number; excluded?: string | null }[];
  why: { method?: string; capacity?: number | null; load?: number; people?: number; passed?: string[] };
};

/** The record and the move that somebody chose for it. */
export type Step = { object: string; row: Row; to: string };
