import dayjs from "dayjs";

import type { PeriodName, ReportSearch } from "@/routes/search";

import type { Days } from "./types";

const USUAL: PeriodName = "this_quarter";
const DAY = "YYYY-MM-DD";
const MONTHS_IN_QUARTER = 3;

/** Which day it is for the workspace, wherever the reader is. */
export function todayIn(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const named = new Map(parts.formatToParts(now).map((part) => [part.type, part.value]));
  return `${named.get("year")}-${named.get("month")}-${named.get("day")}`;
}

export function periodName(search: ReportSearch): PeriodName {
  return search.period ?? USUAL;
}

/** The days a report is about, both inclusive. A custom one that lacks an end begins or ends today. */
export function periodOf(search: ReportSearch, today: string): Days {
  const day = dayjs(today);
  const name = periodName(search);
  if (name === "custom") return ordered(search.from ?? today, search.to ?? today);
  if (name === "this_month") return daysOf(day.startOf("month"), day.endOf("month"));
  if (name === "this_year") return daysOf(day.startOf("year"), day.endOf("year"));
  if (name === "last_30_days") return daysOf(day.subtract(29, "day"), day);
  const first = day.startOf("month").subtract(day.month() % MONTHS_IN_QUARTER, "month");
  return daysOf(first, first.add(MONTHS_IN_QUARTER, "month").subtract(1, "day"));
}

function daysOf(from: dayjs.Dayjs, to: dayjs.Dayjs): Days {
  return { from: from.format(DAY), to: to.format(DAY) };
}

function ordered(a: string, b: string): Days {
  return a <= b ? { from: a, to: b } : { from: b, to: a };
}
