import { expect, test } from "vitest";

import { deal, dealProcess, dealRow } from "@/testing/relay";

import { nextColumn } from "./drag";
import { cardColumns, inColumn, isFolded, shareUsed, totalsOf } from "./facts";

const AMOUNT = deal.fields.find((field) => field.key === "amount");
const QUOTE = dealProcess.stages[2];
const WON = dealProcess.stages[3];
const COLUMN = { stage: "quote", count: 3, sum: { amount: "1000.50" }, items: [], next: null };

test("an open column is weighted with its probability, a won one is not", () => {
  expect(QUOTE && totalsOf(COLUMN, QUOTE, AMOUNT)).toEqual({ count: 3, sum: 1000.5, weighted: 700.35 });
  expect(WON && totalsOf(COLUMN, WON, AMOUNT).weighted).toBeNull();
  expect(QUOTE && totalsOf({ ...COLUMN, sum: {} }, QUOTE, AMOUNT)).toEqual({ count: 3, sum: null, weighted: null });
});

test("ends where nobody works are folded", () => {
  expect(dealProcess.stages.filter(isFolded).map((stage) => stage.key)).toEqual(["won", "lost"]);
});

test("only fields of the object are asked for", () => {
  expect(cardColumns(deal)).not.toContain("score");
  expect(cardColumns(deal)).toContain("next_at");
});

test("the time used is a share of what the stage gives", () => {
  const row = dealRow("1", "quote", { stage_since: "2026-11-20T00:00:00Z", stage_due: "2026-11-24T00:00:00Z" });
  expect(shareUsed(row, Date.parse("2026-11-21T00:00:00Z"))).toBe(0.25);
  expect(shareUsed(row, Date.parse("2026-11-28T00:00:00Z"))).toBe(2);
  expect(shareUsed(dealRow("1", "quote"), 0)).toBeNull();
});

test("what has left the column is not drawn from a page read before, and nothing twice", () => {
  const pages = [[dealRow("1", "quote")], [dealRow("1", "quote"), dealRow("2", "confirm"), dealRow("3", "quote")]];
  expect(inColumn("quote", ...pages).map((row) => row.id)).toEqual(["1", "3"]);
});

test("keys go to the next column that takes the card and stay where there is none", () => {
  const order = ["confirm", "assess", "quote", "won"];
  const open = new Set(["confirm", "quote"]);
  expect(nextColumn(order, open, "confirm", 1)).toBe("quote");
  expect(nextColumn(order, open, "quote", 1)).toBe("quote");
  expect(nextColumn(order, open, "quote", -1)).toBe("confirm");
});
