import { useQuery } from "@tanstack/react-query";

import { call, keys, useWorkspace, type Label, type Titled } from "@/api";
import type { Change, Drill, Unit, Value } from "@/insight/types";
import type { Handoff } from "@/relay";

export const KINDS = ["handoff", "returned", "overdue", "due", "follow_up", "task", "assign", "mention"] as const;
export type Kind = (typeof KINDS)[number];

export type Todo = {
  kind: Kind;
  object: string;
  record: { id: string; title: string | null };
  reason: Label;
  due: string | null;
  since: string | null;
  /** The id of the hand-off that it is about. */
  handoff?: string | null;
  /** Further reasons why the same record is on the list. */
  also?: Label[];
};

export type Figure = {
  key: string;
  label: Label;
  value: Value;
  unit: Unit;
  previous: Value;
  change?: Change | null;
  drill?: Drill | null;
};

export type Stuck = {
  object: string;
  record: { id: string; title: string | null };
  stage: string;
  holder: Titled | null;
  reason: Label;
  since: string | null;
};

export type Overloaded = { member: Titled; load: number; overdue: number };

export type Home = {
  todo: Todo[];
  /** How many there are in all, when not all of them are shown. */
  total?: number;
  passed: { waiting: Handoff[]; accepted: Handoff[]; returned: Handoff[] };
  numbers: Figure[];
  team?: { stuck: Stuck[]; overloaded: Overloaded[] } | null;
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
