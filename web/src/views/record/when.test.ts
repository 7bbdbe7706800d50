import dayjs from "dayjs";
import { expect, test } from "vitest";

import { readWhen } from "./when";

/** A Monday morning. */
const NOW = dayjs("2026-11-23T08:30:00");

test.each([
  ["下周二 10 点", "2026-12-01 10:00"],
  ["下周二十点", "2026-12-01 10:00"],
  ["周五下午3点半", "2026-11-27 15:30"],
  ["明天下午三点半", "2026-11-24 15:30"],
  ["后天", "2026-11-25 09:00"],
  ["3天后", "2026-11-26 09:00"],
  ["两周后", "2026-12-07 09:00"],
  ["2小时后", "2026-11-23 10:30"],
  ["12月5日 14:00", "2026-12-05 14:00"],
  ["1月8日", "2027-01-08 09:00"],
  ["28号晚上7点", "2026-11-28 19:00"],
  ["今晚", "2026-11-23 19:00"],
  ["2026-12-31 18:00", "2026-12-31 18:00"],
  ["next tue 10:00", "2026-12-01 10:00"],
  ["tomorrow 3pm", "2026-11-24 15:00"],
  ["in 3 days", "2026-11-26 09:00"],
])("%s is %s", (text, expected) => {
  expect(readWhen(text, NOW)?.format("YYYY-MM-DD HH:mm")).toBe(expected);
});

test.each(["", "尽快", "客户说再看看"])("%j names no time", (text) => {
  expect(readWhen(text, NOW)).toBeUndefined();
});
