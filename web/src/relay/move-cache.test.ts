import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { keys, type Board } from "@/api";
import { deal, dealRow } from "@/testing/relay";

import { guessMove, moveOnBoard } from "./move-cache";

const ROW = dealRow("1", "confirm");

function board(): Board {
  return {
    columns: [
      { stage: "confirm", count: 40, sum: { amount: "5000.00" }, items: [ROW, dealRow("2", "confirm")], next: "more" },
      { stage: "quote", count: 1, sum: { amount: "700.00" }, items: [dealRow("3", "quote")], next: null },
    ],
  };
}

test("a moved card is first in its new column, and counts and sums go along", () => {
  const { columns } = moveOnBoard(board(), ROW, { ...ROW, stage: "quote" }, ["amount"]);
  expect(columns.map((one) => [one.count, one.sum["amount"], one.items.map((row) => row.id)])).toEqual([
    [39, "4000.00", ["2"]],
    [2, "1700.00", ["1", "3"]],
  ]);
});

test("a card that was read beyond the first ones leaves the count of its column too", () => {
  const far = dealRow("99", "confirm");
  const { columns } = moveOnBoard(board(), far, { ...far, stage: "quote" }, []);
  expect(columns[0]?.count).toBe(39);
});

test("taking a guess back restores every place where the record stands", () => {
  const client = new QueryClient();
  const asked = keys.board("acme", "opportunity", {});
  const list = { pages: [{ items: [ROW], next: null }], pageParams: [""] };
  client.setQueryData(asked, board());
  client.setQueryData(keys.list("acme", "opportunity", {}), list);
  client.setQueryData(keys.record("acme", "opportunity", "1"), ROW);
  const undo = guessMove(client, "acme", deal, ROW, { to: "quote", kind: "open", values: {} });
  expect(client.getQueryData<Board>(asked)?.columns[1]?.items[0]?.["stage"]).toBe("quote");
  expect(client.getQueryData(keys.record("acme", "opportunity", "1"))).toMatchObject({ stage: "quote" });
  undo();
  expect(client.getQueryData(asked)).toEqual(board());
  expect(client.getQueryData(keys.list("acme", "opportunity", {}))).toEqual(list);
  expect(client.getQueryData(keys.record("acme", "opportunity", "1"))).toEqual(ROW);
});
