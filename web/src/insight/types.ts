import type { Condition, JsonObject, Label, Titled } from "@/api";
import type { HandoffState } from "@/relay";

/** The list behind a number: exactly the records it counted. */
export type Drill = { object: string; where: Condition };

/** Hand-offs are no records of their own; they are listed by what was asked of them. */
export type HandoffDrill = { handoffs: JsonObject };
export type AnyDrill = Drill | HandoffDrill;

export type Unit = "count" | "money" | "percent" | "duration";

/** An entry of the metric dictionary. `direction` is the good one. */
export type Metric = { key: string; label: Label; definition: Label; unit: Unit; direction: "up" | "down" | null };

/** A count, a percentage or seconds as a number; money as a decimal text. */
export type Value = number | string | null;

/** How much it differs from the period before: of percentages in points, of all else in percent of what it was. */
export type Change = { value: number; unit: "points" | "percent"; good: boolean | null };

export type Days = { from: string; to: string };

export type FunnelStage = {
  stage: string;
  label: Label;
  kind: string;
  entered: number;
  amount: string | null;
  conversion: number | null;
  conversion_decided: number | null;
  overall: number | null;
  now: number;
  waiting: number;
  lost: number;
  void: number;
  legs: number;
  median_working_seconds: number | null;
  mean_working_seconds: number | null;
  bottleneck: boolean;
  reason: ({ kind: string; ratio: number } & Label) | null;
  drill: Drill;
  drills: Record<"now" | "waiting" | "lost" | "void", Drill>;
};

export type FunnelEnd = { stage: string; label: Label; kind: string; count: number; amount: string | null; drill: Drill };

export type Funnel = {
  process: string;
  object: string;
  label: Label;
  period: Days | null;
  amount: string | null;
  stages: FunnelStage[];
  ends: FunnelEnd[];
  definition: Label;
  columns: Metric[];
};

/** A metric with its value in the period and in the one before. `of` is what a percentage is taken of. */
export type Figure = Metric & {
  value: Value;
  previous: Value;
  change: Change | null;
  drill: AnyDrill;
  of: AnyDrill | null;
};

export type Summary = { period: Days; previous: Days; numbers: Figure[] };

/** A record by its title, or a choice by its label; null for what belongs to none. */
export type Group = { id: string; title: string | Label | null } | null;

/** The figures of one group by their keys, with the way to the records of each under `drill`. */
export type FigureRow = { [metric: string]: Value | Record<string, Drill> | Group | undefined; drill: Record<string, Drill> };

export type LossReason = { reason: { id: string; title: Label } | null; count: number; drill: Drill };

export type Departments = {
  period: Days;
  columns: Metric[];
  rows: (FigureRow & { department: Group })[];
  total: FigureRow;
  reasons: Partial<Record<"lead" | "deal", LossReason[]>>;
};

export type Fate = { period: Days; by: string; columns: Metric[]; rows: (FigureRow & { group: Group })[]; total: FigureRow };

export type Leaderboard = {
  period: Days;
  metric: Metric;
  metrics: Metric[];
  rows: { rank: number; member: { id: string; title: string }; value: Value; drill: AnyDrill }[];
};

export type EndedHandoff = {
  id: string;
  object: string;
  record: { id: string; title: string | null };
  from: Titled;
  to: Titled;
  stage: string;
  to_stage: string | null;
  state: HandoffState;
  answered_at: string;
  working_seconds: number | null;
  reason: Label | null;
};

export type EndedHandoffs = { items: EndedHandoff[]; count: number };
