import { useNavigate, useSearch } from "@tanstack/react-router";

import { ALWAYS, both, useViews, type Condition, type ObjectDef, type ViewDef } from "@/api";
import type { ListSearch } from "@/routes/search";

export type ListState = {
  view: ViewDef | undefined;
  views: ViewDef[];
  where: Condition;
  /** The filter and the search together: what lists, totals and batches ask. */
  asked: Condition;
  sort: string[];
  columns: string[];
  q: string;
  as: "table" | "board";
  /** The condition differs from that of the saved view. */
  filtered: boolean;
  /** Something differs from the saved view. */
  changed: boolean;
};

const FEW = 8;

/** What the address says, over what the chosen view says, over what the object says. */
export function useListState(def: ObjectDef): ListState {
  const search = useSearch({ from: "/w/$ws/o/$object" });
  const saved = useViews(def.key);
  const views = [...def.views, ...(saved.data?.items ?? []).map((view) => ({ ...view, key: view.key || (view.id ?? "") }))];
  const view = views.find((one) => one.key === search.view || one.id === search.view) ?? views[0];
  const where = search.where ?? view?.where ?? ALWAYS;
  const q = search.q ?? "";
  return {
    view,
    views,
    where,
    asked: q.trim() ? both(where, { field: "q", op: "contains", value: q.trim() }) : where,
    sort: search.sort ?? (view?.sort?.length ? view.sort : def.sort),
    columns: columnsOf(def, search.columns ?? (view?.columns?.length ? view.columns : def.columns)),
    q,
    as: search.as ?? "table",
    filtered: Boolean(search.where),
    changed: Boolean(search.where || search.sort || search.columns),
  };
}

function columnsOf(def: ObjectDef, wished: string[]): string[] {
  const known = new Set(def.fields.map((field) => field.key));
  const usual = wished.length > 0 ? wished : def.fields.filter((field) => !field.system).map((field) => field.key).slice(0, FEW);
  return [def.title, ...usual.filter((key) => known.has(key) && key !== def.title)];
}

/** Takes the address back to what the view itself says. */
export const AS_VIEW = { where: undefined, sort: undefined, columns: undefined } as const;

export function useListChange() {
  const navigate = useNavigate();
  return (change: Partial<ListSearch>) =>
    void navigate({ to: ".", search: (now) => ({ ...now, ...change }), replace: true });
}
