import type { InfiniteData, Query, QueryClient, QueryKey } from "@tanstack/react-query";

import { call } from "./client";
import { keys } from "./keys";
import type { Board, Page, Row, Values } from "./record-types";

export type Undo = () => void;

/** Whatever a query under `keys.sets` may hold. */
type CachedSet = InfiniteData<Page> | Board | undefined;

/** Shows new values wherever the records stand on screen, before the server has answered. */
export function patchCached(client: QueryClient, ws: string, object: string, ids: string[], values: Values): Undo {
  const wanted = new Set(ids);
  const change = (row: Row): Row => (wanted.has(row.id) ? { ...row, ...values } : row);
  return edit(client, ws, object, ids, (rows) => rows.map(change), change);
}

/** Takes records off the screen, before the server has answered. */
export function dropCached(client: QueryClient, ws: string, object: string, ids: string[]): Undo {
  const gone = new Set(ids);
  return edit(client, ws, object, [], (rows) => rows.filter((row) => !gone.has(row.id)), (row) => row);
}

/** Puts the server's answer where the guess stood. */
export function storeRow(client: QueryClient, ws: string, object: string, row: Row): void {
  patchCached(client, ws, object, [row.id], row);
}

/** Above this a list is not asked for again as a whole: only the records that changed are. */
const DEEP = 3;

/** Makes everything that may show these records ask again. Without ids, every record of the object is meant. */
export function refresh(client: QueryClient, ws: string, object: string, ids?: string[]): void {
  const deep = deepLists(client, ws, object);
  const deepKeys = new Set(deep.map(({ queryHash }) => queryHash));
  void client.invalidateQueries({
    queryKey: keys.sets(ws, object),
    predicate: ({ queryHash }) => !ids || !deepKeys.has(queryHash),
  });
  if (ids?.length) for (const query of deep) void freshen(client, ws, object, query.queryKey, ids);
  for (const id of ids ?? []) void client.invalidateQueries({ queryKey: keys.record(ws, object, id) });
  if (!ids) void client.invalidateQueries({ queryKey: keys.object(ws, object) });
  void client.invalidateQueries({ queryKey: keys.home(ws) });
}

function deepLists(client: QueryClient, ws: string, object: string): Query[] {
  return client.getQueryCache().findAll({ queryKey: keys.sets(ws, object), predicate: isDeep });
}

function isDeep({ state }: Query): boolean {
  const { data } = state;
  return typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages) && data.pages.length > DEEP;
}

/** Asks for the changed records alone and puts them where they stand in a list of many pages. */
async function freshen(client: QueryClient, ws: string, object: string, key: QueryKey, ids: string[]): Promise<void> {
  const asked = key.at(-1);
  const columns = typeof asked === "object" && asked !== null && "columns" in asked ? asked.columns : undefined;
  const body = { where: { field: "id", op: "in", value: ids }, columns: typeof columns === "string" ? columns : undefined };
  const { items } = await call<Page>(`/${ws}/objects/${object}/query`, { method: "POST", body: { ...body, limit: MOST } });
  const fresh = new Map(items.map((row) => [row.id, row]));
  const renew = (rows: Row[]) => rows.map((row) => ({ ...row, ...fresh.get(row.id) }));
  client.setQueryData<CachedSet>(key, (data) => mapRows(data, renew));
}

const MOST = 200;

function edit(
  client: QueryClient,
  ws: string,
  object: string,
  ids: string[],
  onRows: (rows: Row[]) => Row[],
  onRow: (row: Row) => Row,
): Undo {
  const sets = client.getQueriesData<CachedSet>({ queryKey: keys.sets(ws, object) });
  const singles = ids.map((id) => [keys.record(ws, object, id), client.getQueryData<Row>(keys.record(ws, object, id))] as const);
  for (const [key, data] of sets) client.setQueryData(key, mapRows(data, onRows));
  for (const [key, row] of singles) if (row) client.setQueryData(key, onRow(row));
  return () => {
    for (const [key, data] of sets) client.setQueryData(key, data);
    for (const [key, row] of singles) if (row) client.setQueryData(key, row);
  };
}

function mapRows(data: CachedSet, onRows: (rows: Row[]) => Row[]): CachedSet {
  if (!data) return data;
  if ("pages" in data) return { ...data, pages: data.pages.map((page) => ({ ...page, items: onRows(page.items) })) };
  if ("columns" in data) {
    return { ...data, columns: data.columns.map((column) => ({ ...column, items: onRows(column.items) })) };
  }
  return data;
}
