import { expect, test } from "vitest";

import { groupedTable } from "./table-model";
import type { Metric } from "./types";

const both = (text: string) => ({ zh: text, en: text });

const COLUMNS: Metric[] = [
  { key: "collected", label: both("收集"), definition: both("d"), unit: "count", direction: "up" },
  { key: "lead_rate", label: both("转化率"), definition: both("d"), unit: "percent", direction: "up" },
];
const DRILL = { object: "lead", where: { field: "source", op: "eq", value: "ad" } };
const WORDS = { first: both("来源"), none: both("未填"), total: both("合计") };

test("each number keeps the way to its records", () => {
  const row = { collected: 3, lead_rate: null, drill: { collected: DRILL, lead_rate: DRILL } };
  const table = groupedTable(COLUMNS, [{ row, group: { id: "ad", title: both("广告") } }], row, WORDS);
  expect(table.rows[0]?.cells["collected"]).toEqual({ value: 3, drill: DRILL });
  expect(table.rows[0]?.cells["lead_rate"]).toEqual({ value: null, drill: DRILL });
  expect(table.total?.name).toEqual(both("合计"));
});

test("what belongs to none, and what has no name to be seen, is named", () => {
  const row = { collected: 1, drill: {} };
  const groups = [null, { id: "d1", title: null }, { id: "d2", title: "华东" }];
  const table = groupedTable(COLUMNS, groups.map((group) => ({ row, group })), row, WORDS);
  expect(table.rows.map((line) => line.name.zh)).toEqual(["未填", "未填", "华东"]);
  expect(new Set(table.rows.map((line) => line.key)).size).toBe(3);
});
