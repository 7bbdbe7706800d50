import dayjs from "dayjs";
import i18next from "i18next";
import { expect, test } from "vitest";

import { duration, relativeTime, workingTime } from "./time-text";

const NOW = dayjs("2026-11-23T15:00:00");
const t = i18next.t;

test.each([
  ["2026-11-23T14:59:40", "刚刚"],
  ["2026-11-23T14:45:00", "15 分钟前"],
  ["2026-11-23T11:30:00", "3 小时前"],
  ["2026-11-23T08:10:00", "今天 08:10"],
  ["2026-11-23T18:00:00", "今天 18:00"],
  ["2026-11-22T18:00:00", "昨天 18:00"],
  ["2026-11-24T09:00:00", "明天 09:00"],
  ["2026-11-20T09:00:00", "3 天前"],
  ["2026-11-28T09:00:00", "5 天后"],
  ["2026-10-01T09:00:00", "10月1日"],
  ["2025-10-01T09:00:00", "2025-10-01"],
])("%s reads %s", (at, text) => {
  expect(relativeTime(t, dayjs(at).toISOString(), NOW.valueOf())).toBe(text);
});

test("a stretch of time is told in its largest unit", () => {
  expect(duration(t, 90 * 60_000)).toBe("1.5 小时");
  expect(duration(t, 36 * 3_600_000)).toBe("1.5 天");
});

test("a working day has eight hours", () => {
  expect(workingTime(t, 12 * 3600)).toBe("1.5 天");
  expect(workingTime(t, 3 * 3600)).toBe("3 小时");
});
