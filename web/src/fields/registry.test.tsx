import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Blueprint, FieldDef, Json } from "@/api";
import { FIELD_TYPES } from "@/fields";
import { inWorkspace } from "@/testing/workspace";

import { FieldDisplay } from "./field";
import { canEdit, fieldType } from "./registry";

const TYPES = [
  "text", "long_text", "phone", "email", "url", "credit_code", "integer", "rating", "decimal", "percent", "money",
  "date", "datetime", "duration", "boolean", "select", "multi_select", "tags", "person", "department", "reference",
  "multi_person", "multi_reference", "address", "location", "file", "image", "auto_number", "stage",
]; // prettier-ignore

function field(type: string, more: Partial<FieldDef> = {}): FieldDef {
  return { key: "f", type, label: { zh: "字段", en: "Field" }, ...more };
}

const OPTIONS = { options: { options: [{ key: "a", label: { zh: "甲", en: "A" } }, { key: "b", label: { zh: "乙", en: "B" } }] } };

test("every field type of the server has a descriptor", () => {
  expect(TYPES.filter((type) => !FIELD_TYPES.has(type))).toEqual([]);
});

test("a type nobody knows is shown and cannot be changed", () => {
  expect(fieldType(field("hologram")).type).toBe("json");
  expect(canEdit(field("hologram"))).toBe(false);
});

test.each<[FieldDef, Json, string]>([
  [field("text"), "上海", "上海"],
  [field("phone"), "+8613800138000", "138 0013 8000"],
  [field("integer"), 12345, "12,345"],
  [field("decimal"), "1234.50", "1,234.50"],
  [field("percent"), "13.00", "13%"],
  [field("percent"), "44.4827586206896552", "44.48%"],
  [field("money"), { value: "123456.00" }, "12.35万"],
  [field("date"), "2026-11-23", "2026-11-23"],
  [field("select", OPTIONS), "b", "乙"],
  [field("tags"), ["重点", "老客户"], "重点老客户"],
  [field("person", { to: "member" }), { id: "m1", title: "王芳" }, "王芳"],
  [field("address"), { province: "上海市", city: "上海市", district: "浦东新区", detail: "" }, "上海市 浦东新区"],
  [field("duration"), 5400, "1.5 小时"],
])("%o shows %o as %s", (def, value, text) => {
  const { container } = render(inWorkspace(<FieldDisplay object="lead" field={def} value={value} />));
  expect(container.textContent).toContain(text);
});

test("a script in a web address never becomes a link", () => {
  render(inWorkspace(<FieldDisplay object="lead" field={field("url")} value="javascript:alert(1)" />));
  expect(screen.queryByRole("link")).toBeNull();
});

const CONTEXT = { language: "zh", object: "lead" } satisfies { language: "zh"; object: string; blueprint?: Blueprint };

test.each<[FieldDef, string, Json | undefined]>([
  [field("integer"), "1,200", 1200],
  [field("integer"), "1.5", undefined],
  [field("decimal"), "abc", undefined],
  [field("money"), "￥12万", { value: "120000" }],
  [field("money"), "1.25万", { value: "12500" }],
  [field("percent"), "13%", "13"],
  [field("date"), "2026年1月5日", "2026-01-05"],
  [field("date"), "2026/1/5", "2026-01-05"],
  [field("date"), "2026-02-30", undefined],
  [field("boolean"), "是", true],
  [field("select", OPTIONS), "乙", "b"],
  [field("select", OPTIONS), "丙", undefined],
  [field("multi_select", OPTIONS), "甲、乙", ["a", "b"]],
])("%o reads %s when pasted as %o", (def, pasted, value) => {
  expect(fieldType(def).read?.(pasted, { field: def, ...CONTEXT })).toEqual(value);
});
