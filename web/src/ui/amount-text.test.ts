import { expect, test } from "vitest";

import { exactAmount, shortAmount } from "./amount-text";

test.each([
  [0, "0"],
  [999.5, "999.50"],
  [9999, "9,999"],
  [123_456, "12.35万"],
  [99_999_999, "1.00亿"],
  [123_456_789, "1.23亿"],
  [-123_456, "-12.35万"],
])("%d reads %s in Chinese", (value, text) => {
  expect(shortAmount(value, "zh")).toBe(text);
});

test.each([
  [999, "999"],
  [123_456, "123.5k"],
  [999_999, "1.00M"],
  [2_500_000_000, "2.50B"],
])("%d reads %s in English", (value, text) => {
  expect(shortAmount(value, "en")).toBe(text);
});

test("the exact amount keeps every digit", () => {
  expect(exactAmount("1234567.89", "CNY")).toBe("¥1,234,567.89");
  expect(exactAmount("-0.10", "USD")).toBe("-$0.10");
  expect(exactAmount("12345678901234567.01", "THB")).toBe("THB 12,345,678,901,234,567.01");
});
