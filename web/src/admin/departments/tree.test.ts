import { expect, test } from "vitest";

import type { Row } from "@/api";

import { lines, totalOf, treeOf } from "./tree";

const department = (id: string, parent?: string): Row => ({
  id,
  name: id,
  parent: parent ? { id: parent, title: parent } : null,
});

test("departments stand below the ones they belong to", () => {
  const tree = treeOf([department("b", "a"), department("a"), department("c", "b")]);
  expect(lines(tree, new Set()).map((node) => [node.name, node.depth])).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 2],
  ]);
});

test("a folded department hides those below it", () => {
  const tree = treeOf([department("a"), department("b", "a")]);
  expect(lines(tree, new Set(["a"])).map((node) => node.name)).toEqual(["a"]);
});

test("a department whose parent is not seen stands on top", () => {
  expect(treeOf([department("b", "hidden")]).map((node) => node.name)).toEqual(["b"]);
});

test("departments that belong to each other are all shown once", () => {
  const tree = treeOf([department("a", "b"), department("b", "a"), department("c", "a")]);
  expect(lines(tree, new Set()).map((node) => node.name).sort()).toEqual(["a", "b", "c"]);
});

test("a department counts the people of those below it", () => {
  const [top] = treeOf([department("a"), department("b", "a"), department("c", "b")]);
  const own = new Map([
    ["a", 1],
    ["c", 4],
  ]);
  expect(top && totalOf(top, own)).toBe(5);
});
