import type { InfiniteData, QueryClient } from "@tanstack/react-query";

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

/** Makes everything that may show these records ask again. */
export function refresh(client: QueryClient, ws: string, object: string, ids?: string[]): void {
  void client.invalidateQueries({ queryKey: keys.sets(ws, object) });
  for (const id of ids ?? []) void client.invalidateQueries({ queryKey: keys.record(ws, object, id) });
  if (!ids) void client.invalidateQueries({ queryKey: keys.object(ws, object) });
  void client.invalidateQueries({ queryKey: keys.home(ws) });
}

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
