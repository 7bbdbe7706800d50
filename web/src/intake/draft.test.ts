import { expect, test } from "vitest";

import type { ObjectDef } from "@/api";

import { addAllLeft, choose, countsOf, draftOf, leftOver, missingRequired, newFieldOf, problemsByColumn, sameSetup, setupOf } from "./draft";
import type { ImportColumn, ImportRun } from "./types";

function column(index: number, name: string, more: Partial<ImportColumn> = {}): ImportColumn {
  return { index, name, samples: ["x"], guess: { type: "text", confidence: 0.6 }, target: null, confidence: 0, ...more };
}

const COLUMNS = [
  column(0, "姓名", { target: "name", confidence: 0.98 }),
  column(1, "来源", { guess: { type: "select", options: ["广告", "转介绍"], confidence: 0.9 } }),
  column(4, "空列", { samples: [] }),
  column(5, "备注", { guess: { type: "reference", confidence: 0.4 } }),
];

const RUN: ImportRun = {
  id: "i1",
  object: "lead",
  state: "draft",
  file_name: "leads.xlsx",
  at: "2026-11-23T10:00:00Z",
  sheets: [],
  sheet: "Sheet1",
  header_row: 1,
  columns: COLUMNS,
  preview: [],
  rows_estimate: 20,
  dropped: [],
};

const LEAD: ObjectDef = {
  key: "lead",
  label: { zh: "线索", en: "Lead" },
  icon: "funnel",
  title: "name",
  traits: ["owned"],
  fields: [
    { key: "name", type: "text", label: { zh: "名称", en: "Name" }, required: true, access: "write" },
    { key: "company", type: "text", label: { zh: "公司", en: "Company" }, required: true, access: "write" },
    { key: "kind", type: "text", label: { zh: "类型", en: "Kind" }, required: true, access: "write", default: "a" },
    { key: "stage", type: "stage", label: { zh: "阶段", en: "Stage" }, required: true, system: true },
  ],
  columns: [],
  card: { fields: [] },
  form: [],
  views: [],
  sort: [],
  rights: { create: true, import: true, export: true, update: true, delete: true, transfer: true },
};

test("a draft begins with what the server suggests", () => {
  const draft = draftOf(RUN, true);
  expect(draft.choices[0]).toEqual({ kind: "field", target: "name" });
  expect(draft.choices[1]).toEqual({ kind: "ignore" });
  expect(draft.assign).toBe("rules");
});

test("a draft begins with what was sent before, where it was sent", () => {
  const sent = setupOf({ ...choose(draftOf(RUN, true), 0, { kind: "ignore" }), policy: "update" }, COLUMNS);
  const draft = draftOf({ ...RUN, setup: sent }, true);
  expect(draft.choices[0]).toEqual({ kind: "ignore" });
  expect(draft.policy).toBe("update");
});

test("a field given to another column is taken from the first", () => {
  const draft = choose(draftOf(RUN, true), 5, { kind: "field", target: "name" });
  expect(draft.choices[0]).toEqual({ kind: "ignore" });
  expect(draft.choices[5]).toEqual({ kind: "field", target: "name" });
});

test("a column without a place becomes a field of the guessed type with its choices", () => {
  expect(newFieldOf(COLUMNS[1] ?? column(1, ""))).toEqual({
    label: { zh: "来源", en: "来源" },
    type: "select",
    options: ["广告", "转介绍"],
  });
});

test("a type no person can add becomes text", () => {
  expect(newFieldOf(COLUMNS[3] ?? column(5, "")).type).toBe("text");
});

test("columns without values are not offered as fields", () => {
  expect(leftOver(draftOf(RUN, true), COLUMNS).map((one) => one.index)).toEqual([1, 5]);
});

test("all columns left can become fields at once", () => {
  expect(countsOf(addAllLeft(draftOf(RUN, true), COLUMNS))).toEqual({ mapped: 1, added: 2, ignored: 1 });
});

test("required fields without a column and without a default are named, except the title, which is made", () => {
  const draft = choose(draftOf(RUN, true), 0, { kind: "ignore" });
  expect(missingRequired(draft, LEAD).map((field) => field.key)).toEqual(["company"]);
});

test("the owner is sent only when all go to one", () => {
  const draft = { ...draftOf(RUN, true), owner: { id: "m1", title: "王芳" } };
  expect(setupOf(draft, COLUMNS).owner).toBeNull();
  expect(setupOf({ ...draft, assign: "owner" }, COLUMNS).owner).toBe("m1");
});

test("a refusal of an entry is shown at the column it stands for", () => {
  const problems = [{ path: "mapping.2.target", code: "x", text: "两列" }];
  expect([...problemsByColumn(problems, COLUMNS)]).toEqual([[4, "两列"]]);
});

test("settings that the server wrote out in full are the same as those sent", () => {
  const setup = setupOf(addAllLeft(draftOf(RUN, true), COLUMNS), COLUMNS);
  const mapping = setup.mapping.map((wanted) => ({
    new_field: wanted.new_field ? { ...wanted.new_field, key: null } : null,
    target: wanted.target,
    index: wanted.index,
  }));
  expect(sameSetup({ ...setup, mapping }, setup)).toBe(true);
  expect(sameSetup({ ...setup, policy: "update" }, setup)).toBe(false);
});
