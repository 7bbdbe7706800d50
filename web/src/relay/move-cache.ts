import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { keys, type Board, type BoardColumn, type ObjectDef, type Page, type Row, type Values } from "@/api";
import { patchCached } from "@/api/cache";
import { moneyOf } from "@/fields";

export type Guess = { to: string; kind: "open" | "won" | "lost" | "void"; values: Values };

/** Shows the record in its new stage wherever it stands on screen; gives what takes that back. */
export function guessMove(client: QueryClient, ws: string, def: ObjectDef, row: Row, guess: Guess): () => void {
  const values = { ...guess.values, ...changed(guess) };
  const boards = client.getQueriesData<Board | InfiniteData<Page>>({ queryKey: keys.sets(ws, def.key) });
  const undo = patchCached(client, ws, def.key, [row.id], values);
  for (const [key, data] of boards) {
    if (data && "columns" in data) client.setQueryData(key, moveOnBoard(data, row, { ...row, ...values }, moneyFields(def)));
  }
  return undo;
}

function changed({ to, kind }: Guess): Values {
  return { stage: to, stage_since: new Date().toISOString(), stage_due: null, outcome: kind, blocked: null };
}

function moneyFields(def: ObjectDef): string[] {
  return def.fields.filter((field) => field.type === "money").map((field) => field.key);
}

/** The board with the record first in its new column; counts and sums go along. */
export function moveOnBoard(board: Board, before: Row, after: Row, sums: string[]): Board {
  if (before["stage"] === after["stage"]) return board;
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.stage === after["stage"]) return added(column, after, sums);
      return column.stage === before["stage"] ? removed(column, before, sums) : column;
    }),
  };
}

function added(column: BoardColumn, row: Row, sums: string[]): BoardColumn {
  return { ...column, count: column.count + 1, sum: summed(column.sum, row, sums, 1), items: [row, ...column.items] };
}

function removed(column: BoardColumn, row: Row, sums: string[]): BoardColumn {
  const items = column.items.filter((one) => one.id !== row.id);
  return { ...column, count: Math.max(0, column.count - 1), sum: summed(column.sum, row, sums, -1), items };
}

function summed(sum: BoardColumn["sum"], row: Row, fields: string[], sign: 1 | -1): BoardColumn["sum"] {
  const next = { ...sum };
  for (const key of fields) {
    const amount = Number(moneyOf(row[key], "")?.value ?? 0);
    if (amount) next[key] = (Number(sum[key] ?? 0) + sign * amount).toFixed(2);
  }
  return next;
}
