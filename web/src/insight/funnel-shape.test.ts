import { expect, test } from "vitest";

import { frameOf, rowsOf } from "./funnel-shape";
import type { FunnelStage } from "./types";

const WHERE = { object: "opportunity", where: {} };

function stage(key: string, entered: number): FunnelStage {
  return {
    stage: key,
    label: { zh: key, en: key },
    kind: "open",
    entered,
    amount: null,
    conversion: null,
    conversion_decided: null,
    overall: null,
    now: 0,
    waiting: 0,
    lost: 0,
    void: 0,
    legs: 0,
    median_working_seconds: null,
    mean_working_seconds: null,
    bottleneck: false,
    reason: null,
    drill: WHERE,
    drills: { now: WHERE, waiting: WHERE, lost: WHERE, void: WHERE },
  };
}

test("a bar is as wide as its share of the largest stage", () => {
  const rows = rowsOf([stage("a", 200), stage("b", 50)], frameOf(1000));
  const [first, second] = rows;
  expect(second?.bar).toBeCloseTo((first?.bar ?? 0) / 4);
});

test("bars stand in the middle, one below the other", () => {
  const rows = rowsOf([stage("a", 200), stage("b", 50)], frameOf(1000));
  const middles = rows.map((row) => row.x + row.bar / 2);
  expect(middles[0]).toBeCloseTo(middles[1] ?? 0);
  expect(rows[0]?.slope).not.toBeNull();
  expect(rows[1]?.slope).toBeNull();
});

test("a funnel without records has bars that can still be seen", () => {
  expect(rowsOf([stage("a", 0)], frameOf(400))[0]?.bar).toBeGreaterThan(0);
});
