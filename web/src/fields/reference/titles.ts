import { useQueries } from "@tanstack/react-query";

import { asText, call, keys, useWorkspace, type Row } from "@/api";

const NAMES_KEPT = 10 * 60_000;

/** What the records with these ids are called; conditions keep only ids. */
export function useTitles(object: string, ids: string[]): Map<string, string> {
  const { ws, object: find } = useWorkspace();
  const def = find(object);
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.record(ws, object, id),
      queryFn: () => call<Row>(`/${ws}/objects/${object}/records/${id}`),
      staleTime: NAMES_KEPT,
      enabled: def !== undefined,
    })),
    combine: (results) =>
      new Map(
        results.flatMap(({ data }): [string, string][] =>
          data ? [[data.id, asText(data[def?.title ?? "name"]) || data.id]] : [],
        ),
      ),
  });
}
