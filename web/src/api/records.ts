import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { dropCached, patchCached, refresh, storeRow } from "./cache";
import { address, call, type Query } from "./client";
import type { Condition } from "./condition";
import type { Json, JsonObject } from "./json";
import { keys } from "./keys";
import type * as R from "./record-types";
import { toWire } from "./wire";
import { useWorkspace } from "./workspace";

const PAGE = 50;
const LONGEST_ADDRESS = 1800;

export const path = (ws: string, object: string) => `/${ws}/objects/${object}`;
export const recordPath = (ws: string, object: string, id: string) => `${path(ws, object)}/records/${id}`;

/** Reads by GET while the condition fits into an address, else by POST with the same keys. */
function read<T>(get: string, post: string, query: Query, signal: AbortSignal): Promise<T> {
  if (address(get, query).length <= LONGEST_ADDRESS) return call<T>(get, { query, signal });
  return call<T>(post, { method: "POST", body: query, signal });
}

function listQuery(query: R.ListQuery): Query {
  const { where, view, sort, columns, q, limit = PAGE, trash } = query;
  return {
    where: where && Object.keys(where).length > 0 ? where : undefined,
    view,
    sort: sort?.length ? sort.join(",") : undefined,
    columns: columns?.length ? columns.join(",") : undefined,
    q,
    limit,
    trash: trash ? 1 : undefined,
  };
}

function fetchPage(ws: string, object: string, query: Query, signal: AbortSignal): Promise<R.Page> {
  const base = path(ws, object);
  return read<R.Page>(`${base}/records`, `${base}/query`, query, signal);
}

/** Records page after page; the first page also brings the count. */
export function useList(object: string, query: R.ListQuery, enabled = true) {
  const { ws } = useWorkspace();
  const asked = listQuery(query);
  return useInfiniteQuery({
    queryKey: keys.list(ws, object, asked),
    queryFn: ({ pageParam, signal }) =>
      fetchPage(ws, object, { ...asked, ...(pageParam ? { after: pageParam } : { count: 1 }) }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // What changes is told by the server; asking for every page again on each look would be a burden.
    refetchOnWindowFocus: false,
    enabled,
  });
}

function recordQuery(ws: string, object: string, id: string) {
  return {
    queryKey: keys.record(ws, object, id),
    queryFn: ({ signal }: { signal: AbortSignal }) => call<R.Row>(recordPath(ws, object, id), { signal }),
  };
}

export function useRecord(object: string, id: string) {
  const { ws } = useWorkspace();
  return useQuery(recordQuery(ws, object, id));
}

/** Fetches a record while the pointer still hovers over its link. */
export function usePrefetch() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return (object: string, id: string) => {
    void client.prefetchQuery({ ...recordQuery(ws, object, id), staleTime: 20_000 });
  };
}

export type BoardQuery = Pick<R.ListQuery, "where" | "q" | "columns" | "sort" | "limit"> & { process?: string };

export function useBoard(object: string, query: BoardQuery) {
  const { ws } = useWorkspace();
  const asked = { ...listQuery(query), process: query.process };
  return useQuery({
    queryKey: keys.board(ws, object, asked),
    queryFn: ({ signal }) => read<R.Board>(`${path(ws, object)}/board`, `${path(ws, object)}/board`, asked, signal),
    placeholderData: keepPreviousData,
  });
}

export type AggregateQuery = { where?: Condition; group?: R.Group[]; measures: R.Measure[] };

export function useAggregate(object: string, query: AggregateQuery, enabled = true) {
  const { ws } = useWorkspace();
  const body: JsonObject = { where: query.where ?? {}, group: query.group ?? [], measures: query.measures };
  return useQuery({
    queryKey: keys.aggregate(ws, object, body),
    queryFn: ({ signal }) => call<R.Aggregate>(`${path(ws, object)}/aggregate`, { method: "POST", body, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export type Save = {
  id: string;
  /** Values as they are shown; references keep their titles and lose them on the way to the server. */
  values: R.Values;
  version?: number;
};

export function useSave(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: ({ id, values, version }: Save) =>
      call<R.Row>(recordPath(ws, object, id), { method: "PATCH", body: { values: toWire(values), version } }),
    onMutate: async ({ id, values }) => {
      await client.cancelQueries({ queryKey: keys.object(ws, object) });
      return patchCached(client, ws, object, [id], values);
    },
    onError: (_error, _save, undo) => undo?.(),
    onSuccess: (row) => storeRow(client, ws, object, row),
    onSettled: (_row, _error, { id }) => refresh(client, ws, object, [id]),
  });
}

export type Creation = { values: R.Values; duplicates?: "reject" | "create" };

export function useCreate(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: ({ values, duplicates }: Creation) =>
      call<R.Row>(`${path(ws, object)}/records`, {
        method: "POST",
        body: { values: toWire(values), duplicates },
        idempotency: crypto.randomUUID(),
      }),
    onSuccess: (row) => client.setQueryData(keys.record(ws, object, row.id), row),
    onSettled: () => refresh(client, ws, object, []),
  });
}

export function useRemove(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (id: string) => call<Json>(recordPath(ws, object, id), { method: "DELETE" }),
    onMutate: (id) => dropCached(client, ws, object, [id]),
    onError: (_error, _id, undo) => undo?.(),
    onSettled: () => refresh(client, ws, object, []),
  });
}

export function useRestore(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (id: string) => call<Json>(`${recordPath(ws, object, id)}/restore`, { method: "POST", body: {} }),
    onSettled: (_row, _error, id) => refresh(client, ws, object, [id]),
  });
}

/** Changes many records in one step. A `dry_run` only counts and names those that would be rejected. */
export function useBatch(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (order: R.BatchOrder) => sendBatch(ws, object, order),
    onMutate: (order) => guess(client, ws, object, order),
    onError: (_error, _order, undo) => undo?.(),
    onSettled: (_result, _error, order) => {
      if (!order.dry_run) refresh(client, ws, object, order.ids);
    },
  });
}

function sendBatch(ws: string, object: string, order: R.BatchOrder): Promise<R.BatchResult> {
  const body = { ...order, values: order.values && toWire(order.values) };
  return call<R.BatchResult>(`${path(ws, object)}/batch`, { method: "POST", body });
}

function guess(client: QueryClient, ws: string, object: string, order: R.BatchOrder) {
  if (order.dry_run || !order.ids) return undefined;
  if (order.action === "delete") return dropCached(client, ws, object, order.ids);
  return patchCached(client, ws, object, order.ids, order.values ?? {});
}

export type UndoResult = {
  restored: number;
  conflicts: { object: string; id: string; title: string; fields: string[] }[];
};

export function useUndo() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (batch: string) => call<UndoResult>(`/${ws}/undo/${batch}`, { method: "POST", body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.workspace(ws) }),
  });
}
