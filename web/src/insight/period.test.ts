import { expect, test } from "vitest";

import { periodOf, todayIn } from "./period";

test("a quarter is whole, from its first month to its last day", () => {
  expect(periodOf({}, "2026-11-23")).toEqual({ from: "2026-10-01", to: "2026-12-31" });
  expect(periodOf({ period: "this_quarter" }, "2026-03-01")).toEqual({ from: "2026-01-01", to: "2026-03-31" });
});

test("the last thirty days end today", () => {
  expect(periodOf({ period: "last_30_days" }, "2026-03-01")).toEqual({ from: "2026-01-31", to: "2026-03-01" });
});

test("a leap month has its last day", () => {
  expect(periodOf({ period: "this_month" }, "2028-02-10")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
});

test("days of one's own are put in order, and a missing one is today", () => {
  expect(periodOf({ period: "custom", from: "2026-05-02", to: "2026-04-01" }, "2026-11-23")).toEqual({
    from: "2026-04-01",
    to: "2026-05-02",
  });
  expect(periodOf({ period: "custom", from: "2026-05-02" }, "2026-11-23").to).toBe("2026-11-23");
});

test("the day is that of the workspace, not that of the reader", () => {
  const evening = new Date("2026-11-23T20:00:00Z");
  expect(todayIn("Asia/Shanghai", evening)).toBe("2026-11-24");
  expect(todayIn("America/New_York", evening)).toBe("2026-11-23");
});
