import dayjs from "dayjs";

/** 2026/1/5, 2026.1.5, 2026年1月5日 and 20260105 as 2026-01-05. */
export function readDay(pasted: string): string | undefined {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?/.exec(pasted.trim());
  if (!match) return undefined;
  const [, year = "", month = "", day = ""] = match;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return dayjs(text).format("YYYY-MM-DD") === text ? text : undefined;
}

/** 2026-01-05 14:30 in the reader's own time zone. */
export function readMoment(pasted: string): string | undefined {
  const day = readDay(pasted);
  if (!day) return undefined;
  const [, hour = "9", minute = "00"] = /(\d{1,2}):(\d{2})/.exec(pasted) ?? [];
  return dayjs(`${day}T${hour.padStart(2, "0")}:${minute}:00`).toISOString();
}
