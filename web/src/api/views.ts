import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { ViewDef } from "./blueprint-types";
import { call } from "./client";
import type { JsonObject } from "./json";
import { keys } from "./keys";
import { path } from "./records";
import { useWorkspace } from "./workspace";

export type ViewChange = Partial<Pick<ViewDef, "label" | "where" | "sort" | "columns" | "shared">>;

/** The views people saved; those of the blueprint stand in the object itself. */
export function useViews(object: string) {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.views(ws, object),
    queryFn: ({ signal }) => call<{ items: ViewDef[] }>(`${path(ws, object)}/views`, { signal }),
    staleTime: 60_000,
  });
}

/** Creates a view without an id, changes the one with it, and removes it when `change` is null. */
export function useSaveView(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: ({ id, change }: { id?: string; change: ViewChange | null }) => {
      const body: JsonObject = { ...change };
      if (!id) return call<ViewDef>(`${path(ws, object)}/views`, { method: "POST", body });
      if (change) return call<ViewDef>(`/${ws}/views/${id}`, { method: "PATCH", body });
      return call<ViewDef | null>(`/${ws}/views/${id}`, { method: "DELETE" });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.views(ws, object) }),
  });
}
