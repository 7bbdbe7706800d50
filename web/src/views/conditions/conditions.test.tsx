import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { both, chips, isAlways, type Condition } from "@/api";
import { inWorkspace, makeBlueprint, makeObject } from "@/testing/workspace";

import { ConditionText } from "./condition-text";
import { FilterBar } from "./filter-bar";
import { isComplete, reshape } from "./operators";
import { finished, withChip, withMore } from "./tree";

const STAGE = { field: "stage", op: "in", value: ["quote", "sign"] };
const AMOUNT = { field: "amount", op: "gte", value: 100_000 };

test("conditions are joined without nesting deeper", () => {
  expect(both({ all: [STAGE] }, {}, AMOUNT)).toEqual({ all: [STAGE, AMOUNT] });
  expect(both(undefined, {})).toEqual({});
});

test("an empty tree and a tree of empty trees hold always", () => {
  expect(isAlways({ all: [{}, { all: [] }] })).toBe(true);
  expect(isAlways({ any: [] })).toBe(false);
});

test("chips are the top conditions", () => {
  expect(chips({ all: [STAGE, AMOUNT] })).toEqual([STAGE, AMOUNT]);
  expect(chips(STAGE)).toEqual([STAGE]);
  expect(withChip({ all: [STAGE, AMOUNT] }, 0, null)).toEqual({ all: [AMOUNT] });
  expect(withMore(STAGE, AMOUNT)).toEqual({ all: [STAGE, AMOUNT] });
});

test("what is not finished is not asked", () => {
  const half: Condition = { any: [STAGE, { field: "amount", op: "gte", value: null }, { not: { field: "name", op: "eq", value: "" } }] };
  expect(finished(half)).toEqual({ any: [STAGE] });
});

test.each([
  ["empty", null, true],
  ["eq", "", false],
  ["between", [1, null], false],
  ["between", [1, 2], true],
  ["in", [], false],
])("%s with %o is complete: %s", (op, value, complete) => {
  expect(isComplete({ field: "f", op, value })).toBe(complete);
});

test("a value is kept when the comparison changes", () => {
  expect(reshape("a", "in")).toEqual(["a"]);
  expect(reshape(["a", "b"], "eq")).toBe("a");
  expect(reshape(5, "between")).toEqual([5, null]);
  expect(reshape({ var: "me" }, "ne")).toEqual({ var: "me" });
  expect(reshape("x", "within")).toEqual({ relative: "this_month" });
});

const BLUEPRINT = makeBlueprint(
  makeObject("opportunity", {
    fields: [
      { key: "amount", type: "money", label: { zh: "金额", en: "Amount" }, operators: ["gte"] },
      { key: "kind", type: "select", label: { zh: "类型", en: "Kind" }, operators: ["in"], options: { options: [{ key: "a", label: { zh: "甲", en: "A" } }, { key: "b", label: { zh: "乙", en: "B" } }] } },
      { key: "due", type: "datetime", label: { zh: "期限", en: "Due" }, operators: ["lt", "within"] },
      { key: "account", type: "reference", to: "account", label: { zh: "客户", en: "Account" } },
    ],
  }),
  makeObject("account"),
);

test.each<[Condition, string]>([
  [{ field: "amount", op: "gte", value: 100_000 }, "金额 至少 ¥100,000"],
  [{ field: "kind", op: "in", value: ["a", "b"] }, "类型 是 甲 或 乙"],
  [{ field: "due", op: "lt", value: { var: "now" } }, "期限 已过"],
  [{ field: "due", op: "within", value: { relative: "last_days", n: 7 } }, "期限 在 过去 7 天"],
  [{ field: "account.name", op: "contains", value: "接力" }, "客户 · Name 包含 接力"],
  [{ any: [{ field: "due", op: "empty" }, { field: "kind", op: "in", value: ["a"] }] }, "期限 为空 或 类型 是 甲"],
])("%o reads %s", (condition, sentence) => {
  const { container } = render(inWorkspace(<ConditionText object="opportunity" condition={condition} />, BLUEPRINT));
  expect(container.textContent?.replace(/\s+/g, " ").trim()).toBe(sentence);
});

test("a chip is removed by its cross", () => {
  const onChange = vi.fn();
  render(inWorkspace(<FilterBar object="opportunity" where={{ all: [AMOUNT, STAGE] }} onChange={onChange} />, BLUEPRINT));
  screen.getAllByRole("button", { name: "移除条件" })[0]?.click();
  expect(onChange).toHaveBeenCalledWith({ all: [STAGE] });
});
