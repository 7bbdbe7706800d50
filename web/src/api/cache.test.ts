import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { dropCached, patchCached, storeRow } from "./cache";
import { keys } from "./keys";
import type { Board, Page, Row } from "./record-types";

const LIST = keys.list("acme", "lead", { view: "all" });
const BOARD = keys.board("acme", "lead", {});
const ONE = keys.record("acme", "lead", "1");

function filled(): QueryClient {
  const client = new QueryClient();
  const page = (...items: Row[]): Page => ({ items, next: null });
  const column = { stage: "new", count: 1, sum: {}, items: [{ id: "1", name: "甲" }], next: null };
  client.setQueryData(LIST, { pages: [page({ id: "1", name: "甲" }), page({ id: "2", name: "乙" })], pageParams: ["", "x"] });
  client.setQueryData<Board>(BOARD, { columns: [column] });
  client.setQueryData<Row>(ONE, { id: "1", name: "甲" });
  return client;
}

function names(client: QueryClient): string[] {
  const list = client.getQueryData<{ pages: Page[] }>(LIST)?.pages.flatMap((page) => page.items) ?? [];
  const board = client.getQueryData<Board>(BOARD)?.columns.flatMap((column) => column.items) ?? [];
  const one = client.getQueryData<Row>(ONE);
  return [...list, ...board, ...(one ? [one] : [])].map((row) => String(row["name"]));
}

test("a change shows wherever the record stands", () => {
  const client = filled();
  patchCached(client, "acme", "lead", ["1"], { name: "新" });
  expect(names(client)).toEqual(["新", "乙", "新", "新"]);
});

test("a change that failed is taken back everywhere", () => {
  const client = filled();
  patchCached(client, "acme", "lead", ["1"], { name: "新" })();
  expect(names(client)).toEqual(["甲", "乙", "甲", "甲"]);
});

test("other objects and workspaces are left alone", () => {
  const client = filled();
  patchCached(client, "other", "lead", ["1"], { name: "新" });
  patchCached(client, "acme", "account", ["1"], { name: "新" });
  expect(names(client)).toEqual(["甲", "乙", "甲", "甲"]);
});

test("a deleted record leaves lists and boards and comes back when that failed", () => {
  const client = filled();
  const undo = dropCached(client, "acme", "lead", ["1"]);
  expect(names(client)).toEqual(["乙", "甲"]);
  undo();
  expect(names(client)).toEqual(["甲", "乙", "甲", "甲"]);
});

test("the server's answer takes the place of the guess", () => {
  const client = filled();
  patchCached(client, "acme", "lead", ["2"], { name: "猜" });
  storeRow(client, "acme", "lead", { id: "2", name: "真" });
  expect(names(client)).toEqual(["甲", "真", "甲", "甲"]);
});
