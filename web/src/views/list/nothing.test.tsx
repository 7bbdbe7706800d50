import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Condition, ViewDef } from "@/api";
import { inWorkspace, makeObject } from "@/testing/workspace";

import type { ListState } from "./list-state";
import { Nothing } from "./nothing";

const MINE: Condition = { field: "owner", op: "eq", value: { var: "me" } };
const VIEWS: ViewDef[] = [
  { key: "mine", label: { zh: "我负责的", en: "Mine" }, where: MINE },
  { key: "all", label: { zh: "全部", en: "All" }, where: {} },
];

function show(more: Partial<ListState>) {
  const state: ListState = {
    view: VIEWS[0], views: VIEWS, where: MINE, asked: MINE, sort: [], columns: [], q: "", as: "table", filtered: false, changed: false, ...more,
  };
  render(inWorkspace(<Nothing def={makeObject("lead")} state={state} />));
}

const buttons = () => screen.getAllByRole("button").map((button) => button.textContent);

test("an empty view leads to all records", () => {
  show({});
  expect(screen.getByText("「我负责的」里没有lead")).toBeDefined();
  expect(buttons()).toEqual(["查看全部lead"]);
});

test("a filter that nothing fits can be taken back, or all can be seen", () => {
  show({ filtered: true });
  expect(screen.getByText("没有符合条件的lead")).toBeDefined();
  expect(buttons()).toEqual(["清除筛选", "查看全部lead"]);
});

test("where there is nothing at all the first record is offered", () => {
  show({ view: VIEWS[1], where: {}, asked: {} });
  expect(buttons()).toEqual(["新建lead"]);
});
