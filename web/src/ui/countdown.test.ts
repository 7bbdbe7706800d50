import { expect, test } from "vitest";

import { shareLeft, urgencyOf } from "./countdown";

const SINCE = "2026-11-23T08:00:00Z";
const DUE = "2026-11-23T16:00:00Z";
const at = (hour: string) => Date.parse(`2026-11-23T${hour}:00Z`);

test.each([
  ["13:59", "calm"],
  ["14:00", "soon"],
  ["15:59", "soon"],
  ["16:00", "over"],
])("at %s a deadline of eight hours until 16:00 is %s", (hour, urgency) => {
  expect(urgencyOf(DUE, SINCE, at(hour))).toBe(urgency);
});

test("the ring holds what is left, never more than all or less than nothing", () => {
  expect(shareLeft(DUE, SINCE, at("12:00"))).toBe(0.5);
  expect(shareLeft(DUE, SINCE, at("07:00"))).toBe(1);
  expect(shareLeft(DUE, SINCE, at("20:00"))).toBe(0);
});
