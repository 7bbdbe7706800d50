import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Titled } from "./blueprint-types";
import { address, call } from "./client";
import type { JsonObject } from "./json";
import { keys } from "./keys";
import type { DuplicateMatch, FieldProblem } from "./problem";
import type * as R from "./record-types";
import { path, recordPath } from "./records";
import { toWire } from "./wire";
import { useWorkspace } from "./workspace";

/** One of the things that hang on a record, under the record's own key, so that a change of it asks again. */
export function usePart<T>(object: string, id: string, name: string, query?: JsonObject, enabled = true) {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.part(ws, object, id, name, query),
    queryFn: ({ signal }) => call<T>(`${recordPath(ws, object, id)}/${name}`, { query: query ?? {}, signal }),
    enabled,
  });
}

export const useTrack = (object: string, id: string, enabled = true) =>
  usePart<R.Track>(object, id, "track", undefined, enabled);

export const useRelated = (object: string, id: string) =>
  usePart<{ groups: R.RelatedGroup[] }>(object, id, "related");

export type ScorePart = { key: string; label: string; points: number };

export const useScore = (object: string, id: string, enabled: boolean) =>
  usePart<{ score: number; parts: ScorePart[] }>(object, id, "score", undefined, enabled);

export type Why = { allowed: boolean; reasons: { role: string; scope: string; text: string }[] };

export const useWhy = (object: string, id: string, enabled: boolean) =>
  usePart<Why>(object, id, "why", undefined, enabled);

export const useFiles = (object: string, id: string) =>
  usePart<{ items: (R.FileRef & { at?: string; by?: Titled })[] }>(object, id, "files");

type TimelinePage = { items: R.TimelineItem[]; next: string | null };

export function useTimeline(object: string, id: string, kinds: string[]) {
  const { ws } = useWorkspace();
  const asked = kinds.join(",");
  return useInfiniteQuery({
    queryKey: keys.part(ws, object, id, "timeline", asked),
    queryFn: ({ pageParam, signal }) =>
      call<TimelinePage>(`${recordPath(ws, object, id)}/timeline`, { query: { kinds: asked, after: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** Writes to something that hangs on a record, then lets the whole record ask again. */
export function usePartWrite<In, Out>(object: string, id: string, write: (base: string, given: In) => Promise<Out>) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (given: In) => write(recordPath(ws, object, id), given),
    onSettled: () => client.invalidateQueries({ queryKey: keys.record(ws, object, id) }),
  });
}

export const useComment = (object: string, id: string) =>
  usePartWrite(object, id, (base, body: { text: string; mentions: string[] }) =>
    call<JsonObject>(`${base}/comments`, { method: "POST", body }),
  );

/** A file for the record; with `field` it is also entered there, with `deliverable` it counts as that. */
export type Upload = { file: File; field?: string; deliverable?: string };

export const useUpload = (object: string, id: string) =>
  usePartWrite(object, id, (base, { file, field, deliverable }: Upload) => {
    const form = new FormData();
    form.append("file", file);
    if (field) form.append("field", field);
    if (deliverable) form.append("deliverable", deliverable);
    return call<R.FileRef>(`${base}/files`, { method: "POST", form });
  });

export function useRemoveFile(object: string, id: string) {
  const { ws } = useWorkspace();
  return usePartWrite(object, id, (_base, file: string) => call<null>(`/${ws}/files/${file}`, { method: "DELETE" }));
}

/** Where a file is downloaded; with `inline` a picture is shown in the page. */
export function fileAddress(ws: string, file: string, inline = false): string {
  return address(`/${ws}/files/${file}`, inline ? { inline: true } : {});
}

export type Check = { problems: FieldProblem[]; duplicates: DuplicateMatch[] };

/** What would be wrong with these values, asked while they are still being typed. */
export function useCheck(object: string, values: R.Values, enabled: boolean, id?: string) {
  const { ws } = useWorkspace();
  const body: JsonObject = { values: toWire(values), id };
  return useQuery({
    queryKey: [...keys.object(ws, object), "check", body],
    queryFn: ({ signal }) => call<Check>(`${path(ws, object)}/check`, { method: "POST", body, signal }),
    enabled,
    staleTime: 30_000,
    retry: false,
  });
}

export function useSearch(q: string) {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.search(ws, q),
    queryFn: ({ signal }) => call<{ groups: R.SearchGroup[] }>(`/${ws}/search`, { query: { q }, signal }),
    enabled: q.trim().length > 0,
    staleTime: 30_000,
  });
}
