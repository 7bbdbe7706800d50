import { expect, test } from "vitest";

import { isChanged, keyOf, rightsOn, setField, setFlag, setRight, setScopes, warningsOf } from "./draft";
import type { Role } from "./types";

const SALES: Role = {
  label: { zh: "销售", en: "Sales" },
  description: null,
  rights: [],
  everything: false,
  objects: {
    lead: { create: true, import: true, export: false, read: ["own"], update: ["own"], delete: [], transfer: [], fields: {} },
  },
};

test("importing needs creating, and goes with it", () => {
  expect(rightsOn(setFlag(SALES, "account", "import", true), "account").create).toBe(true);
  expect(rightsOn(setFlag(SALES, "lead", "create", false), "lead").import).toBe(false);
});

test("choosing all records replaces the narrower scopes", () => {
  expect(rightsOn(setScopes(SALES, "lead", "read", ["own", "department", "all"]), "lead").read).toEqual(["all"]);
});

test("choosing a narrower scope after all takes all away", () => {
  const all = setScopes(SALES, "lead", "read", ["all"]);
  expect(rightsOn(setScopes(all, "lead", "read", ["all", "own"]), "lead").read).toEqual(["own"]);
});

test("a condition is kept among the scopes", () => {
  const condition = { condition: { field: "score", op: "gt", value: 50 } };
  const scopes = rightsOn(setScopes(SALES, "lead", "update", ["own", condition]), "lead").update;
  expect(scopes).toEqual(["own", condition]);
});

test("a field that may be written is no exception", () => {
  const hidden = setField(SALES, "lead", "budget", "hidden");
  expect(rightsOn(hidden, "lead").fields).toEqual({ budget: "hidden" });
  expect(rightsOn(setField(hidden, "lead", "budget", "write"), "lead").fields).toEqual({});
});

test("a role that means the same is not changed", () => {
  const there = setScopes(SALES, "lead", "read", ["own", "shared"]);
  const back = setScopes(there, "lead", "read", ["shared", "own"]);
  expect(isChanged(back, there)).toBe(false);
  expect(isChanged(setFlag(setFlag(SALES, "task", "create", true), "task", "create", false), SALES)).toBe(false);
  expect(isChanged(setRight(SALES, "dashboard", true), SALES)).toBe(true);
});

test("what can be changed but not seen is warned of", () => {
  expect(warningsOf(rightsOn(setScopes(SALES, "lead", "read", []), "lead"))).toEqual(["createUnseen", "updateUnseen"]);
  expect(warningsOf(rightsOn(SALES, "lead"))).toEqual([]);
});

test("a new role has a key that nobody has", () => {
  expect(keyOf("Key Account Manager!", [])).toBe("key_account_manager");
  expect(keyOf("Sales", ["sales", "sales_2"])).toBe("sales_3");
  expect(keyOf("  42 ", [])).toBeUndefined();
});
