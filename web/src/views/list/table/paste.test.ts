import { expect, test } from "vitest";

import type { FieldDef, Row } from "@/api";

import type { Column } from "./columns";
import { parseRange, plan } from "./paste";

function column(key: string, type: string, more: Partial<FieldDef> = {}): Column {
  return { field: { key, type, label: { zh: key, en: key }, ...more }, width: 100, align: "start", title: false };
}

const COLUMNS = [column("name", "text", { required: true }), column("amount", "decimal"), column("score", "integer", { access: "read" })];
const ROWS: Row[] = [
  { id: "1", name: "甲", amount: "1.00" },
  { id: "2", name: "乙", amount: null },
];

test("a copied range is rows of cells, with quoted line breaks inside a cell", () => {
  expect(parseRange('a\tb\r\n"c\nd"\t"say ""hi"""\r\n')).toEqual([
    ["a", "b"],
    ["c\nd", 'say "hi"'],
  ]);
});

test("a single cell is a range of one", () => {
  expect(parseRange("甲")).toEqual([["甲"]]);
});

test("only cells that change are written, and what they were is remembered", () => {
  const { changes } = plan("甲\t2\n丙\t3", { row: 0, column: 0 }, ROWS, COLUMNS, "zh", "lead");
  expect(changes.map(({ row, values, before }) => [row.id, values, before])).toEqual([
    ["1", { amount: "2" }, { amount: "1.00" }],
    ["2", { name: "丙", amount: "3" }, { name: "乙", amount: null }],
  ]);
});

test("what is no number, may not be written or must not be empty is refused", () => {
  const { changes, refused } = plan("\tabc\t5", { row: 0, column: 0 }, ROWS, COLUMNS, "zh", "lead");
  expect(changes).toEqual([]);
  expect(refused).toBe(3);
});

test("what lies beyond the table is left out", () => {
  const { changes } = plan("9\t9\t9\n8\t8\t8\n7\t7\t7", { row: 1, column: 1 }, ROWS, COLUMNS, "zh", "lead");
  expect(changes).toHaveLength(1);
});
