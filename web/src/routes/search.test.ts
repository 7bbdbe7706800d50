import { expect, test } from "vitest";

import type { ObjectDef, ViewDef } from "@/api";
import { listOf, listSearch } from "./search";

const both = (text: string) => ({ zh: text, en: text });

function object(views: ViewDef[]): ObjectDef {
  return {
    key: "lead",
    label: both("线索"),
    icon: "funnel",
    title: "name",
    traits: [],
    fields: [],
    columns: [],
    card: { fields: [] },
    form: [],
    views,
    sort: [],
    rights: { create: false, import: false, export: false, update: false, delete: false, transfer: false },
  };
}

const MINE: ViewDef = { key: "mine", label: both("我的"), where: { field: "owner", op: "eq", value: { var: "me" } } };
const ALL: ViewDef = { key: "all", label: both("全部"), where: {} };
const WON = { field: "outcome", op: "eq", value: "won" };

test("the list behind a number is narrowed by the number's condition and by no view", () => {
  expect(listOf(WON, object([MINE, ALL]))).toEqual({ where: WON, view: "all" });
});

test("an empty condition reaches the list, whose first view would narrow it otherwise", () => {
  const search = listOf({}, object([MINE]));
  expect(listSearch({ ...search })).toEqual({ where: {} });
});
