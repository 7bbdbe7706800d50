import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { listSearch, panelSearch } from "@/routes/search";

import { target, useSelection } from "./selection";
import { nextSort } from "./table/columns";

test("a header sorts up, then down, then not at all", () => {
  expect(nextSort([], "amount", false)).toEqual(["amount"]);
  expect(nextSort(["amount"], "amount", false)).toEqual(["-amount"]);
  expect(nextSort(["-amount"], "amount", false)).toEqual([]);
});

test("with Shift a further column is added to the order", () => {
  expect(nextSort(["-amount"], "name", true)).toEqual(["-amount", "name"]);
});

test("the address is read as far as it makes sense", () => {
  expect(listSearch({ view: "mine", as: "heap", q: 42, where: '{"field":"q"}', sort: ["-id", 3] })).toEqual({
    view: "mine",
    q: "42",
    where: { field: "q" },
    sort: ["-id"],
  });
  expect(panelSearch({ open: "lead:1", create: "", preset: "[]" })).toEqual({ open: "lead:1" });
  expect(panelSearch({ open: "lead" })).toEqual({});
});

test("Shift marks a whole stretch", () => {
  const { result } = renderHook(() => useSelection(["a", "b", "c", "d"]));
  act(() => result.current.toggle("b", false));
  act(() => result.current.toggle("d", true));
  expect([...result.current.selection.ids]).toEqual(["b", "c", "d"]);
});

test("all of a condition are meant only when that was said", () => {
  const { result } = renderHook(() => useSelection(["a", "b"]));
  act(() => result.current.markLoaded());
  expect(target(result.current.selection, { field: "x", op: "empty" })).toEqual({ ids: ["a", "b"] });
  act(() => result.current.markAll());
  expect(target(result.current.selection, { field: "x", op: "empty" })).toEqual({ where: { field: "x", op: "empty" } });
});
