import { useQuery } from "@tanstack/react-query";

import { call, keys, useWorkspace, type Label, type Titled } from "@/api";
import type { Drill, Figure } from "@/insight/types";
import type { Handoff } from "@/relay";

export const KINDS = ["handoff", "returned", "overdue", "due", "follow_up", "task", "assign", "mention"] as const;
export type Kind = (typeof KINDS)[number];

type Named = { id: string; title: string | null };

export type Todo = {
  kind: Kind;
  object: string;
  record: Named;
  reason: Label;
  /** Further reasons why the same record is on the list. */
  also: Label[];
  due: string | null;
  since: string;
  late: boolean;
  /** The id of the hand-off that it is about. */
  handoff: string | null;
};

export type PassedOn = Pick<
  Handoff,
  "id" | "object" | "record" | "to" | "stage" | "to_stage" | "state" | "offered_at" | "due" | "answered_at" | "reason"
>;

export const GROUPS = ["returned", "expired", "waiting", "accepted"] as const;
export type Group = (typeof GROUPS)[number];

export type Stuck = {
  object: string;
  record: Named;
  stage: string;
  label: Label | null;
  holder: Titled | null;
  due: string | null;
  since: string | null;
  blocked: string | null;
  blocked_since: string | null;
};

type Counted = Drill & { count: number };

export type StuckStage = { object: string; stage: string; label: Label | null; count: number; drill: Drill };
export type StuckPerson = { member: Titled; count: number; drills: Counted[] };

export type Overloaded = { member: Titled; held: number; average: number; overdue: number; drills: Counted[] };

export type TeamState = {
  stuck: Stuck[];
  stuck_by: { count: number; stages: StuckStage[]; people: StuckPerson[] };
  overloaded: Overloaded[];
};

export type Home = {
  todo: Todo[];
  /** How many there are in all, when not all of them are shown. */
  todo_count: number;
  passed: Record<Group, PassedOn[]> & { counts: Record<Group, number> };
  numbers: Figure[];
  team?: TeamState | null;
};

export function useHome() {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.home(ws),
    queryFn: ({ signal }) => call<Home>(`/${ws}/home`, { signal }),
    refetchInterval: 5 * 60_000,
  });
}

export function keyOf(todo: Todo): string {
  return `${todo.kind}:${todo.object}:${todo.record.id}:${todo.handoff ?? ""}`;
}
