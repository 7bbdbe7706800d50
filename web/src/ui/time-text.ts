import dayjs from "dayjs";
import type { TFunction } from "i18next";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 5 分钟前, 昨天 18:00, 3 天后, 11月23日: as people say it, from the present they read it in. */
export function relativeTime(t: TFunction, at: string, now: number): string {
  const moment = dayjs(at);
  const past = now - moment.valueOf();
  const days = moment.startOf("day").diff(dayjs(now).startOf("day"), "day");
  if (Math.abs(past) < MINUTE) return t("common.time.now");
  if (Math.abs(past) < HOUR) return minutes(t, past);
  if (days === 0) return past > 0 && past < 6 * HOUR ? hoursAgo(t, past) : t("common.time.today", { time: moment.format("HH:mm") });
  if (days === -1) return t("common.time.yesterday", { time: moment.format("HH:mm") });
  if (days === 1) return t("common.time.tomorrow", { time: moment.format("HH:mm") });
  if (days < 0 && days >= -7) return t("common.time.daysAgo", { n: -days });
  if (days > 0 && days <= 7) return t("common.time.inDays", { n: days });
  const sameYear = moment.year() === dayjs(now).year();
  return moment.format(sameYear ? t("common.time.monthDay") : t("common.time.fullDate"));
}

function minutes(t: TFunction, past: number): string {
  const n = Math.round(Math.abs(past) / MINUTE);
  return past > 0 ? t("common.time.minutesAgo", { n }) : t("common.time.inMinutes", { n });
}

function hoursAgo(t: TFunction, past: number): string {
  return t("common.time.hoursAgo", { n: Math.floor(past / HOUR) });
}

export function exactTime(t: TFunction, at: string): string {
  return dayjs(at).format(t("common.time.fullTime"));
}

/** A stretch of time in its largest fitting unit: 1.5 天, 3 小时, 20 分钟. */
export function duration(t: TFunction, ms: number, short = false): string {
  if (ms >= DAY) return t(short ? "common.daysShort" : "common.days", { n: trim(ms / DAY) });
  if (ms >= HOUR) return t(short ? "common.hoursShort" : "common.hours", { n: trim(ms / HOUR) });
  return t(short ? "common.minutesShort" : "common.minutes", { n: Math.max(1, Math.round(ms / MINUTE)) });
}

/** Working time is counted in working days of eight hours. */
export function workingTime(t: TFunction, seconds: number, short = false): string {
  const ms = seconds * 1000;
  return ms >= 8 * HOUR ? t(short ? "common.daysShort" : "common.days", { n: trim(ms / (8 * HOUR)) }) : duration(t, ms, short);
}

function trim(n: number): string {
  return n >= 10 ? String(Math.round(n)) : n.toFixed(1).replace(/\.0$/, "");
}
