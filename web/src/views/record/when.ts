import dayjs, { type Dayjs } from "dayjs";

/**
 * Reads when something should happen as people write it: 下周二 10 点, 明天下午三点半, 3 天后, next tue 10:00, in 2 hours.
 * Undefined when no day or time is named.
 */
export function readWhen(text: string, now: Dayjs = dayjs()): Dayjs | undefined {
  const words = digits(text.normalize("NFKC").trim().toLowerCase());
  const soon = offset(words, now);
  if (soon) return soon;
  const day = dayOf(words, now);
  const time = timeOf(words);
  if (!day && !time) return undefined;
  const [hour, minute] = time ?? [MORNING, 0];
  const found = (day ?? now).hour(hour).minute(minute).second(0).millisecond(0);
  return !day && found.isBefore(now) ? found.add(1, "day") : found;
}

const MORNING = 9;
const WEEKDAYS = "一二三四五六日";
const NUMERALS = "零一二三四五六七八九";

/** 十二 → 12, 二十 → 20, 三 → 3, where a number is meant. */
function digits(text: string): string {
  return text
    .replace(/(周|星期|礼拜)([一二三四五六日天])/g, (_all, week: string, day: string) => `${week}${WEEKDAYS.indexOf(day.replace("天", "日")) + 1} `)
    .replace(/两/g, "二")
    .replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, (_all, tens: string, ones: string) =>
      String((tens ? NUMERALS.indexOf(tens) : 1) * 10 + (ones ? NUMERALS.indexOf(ones) : 0)),
    )
    .replace(/[一二三四五六七八九](?=[天日点时个周小分月])/g, (one) => String(NUMERALS.indexOf(one)));
}

function offset(words: string, now: Dayjs): Dayjs | undefined {
  const chinese = /(\d+)\s*(?:个)?(分钟|小时)后/.exec(words);
  if (chinese) return now.add(Number(chinese[1]), chinese[2] === "小时" ? "hour" : "minute");
  const english = /in (\d+) (minute|hour)/.exec(words);
  return english ? now.add(Number(english[1]), english[2] === "hour" ? "hour" : "minute") : undefined;
}

const NAMED: [RegExp, number][] = [
  [/大后天/, 3],
  [/后天|day after tomorrow/, 2],
  [/明天|明早|明晚|tomorrow/, 1],
  [/今天|今早|今晚|today|tonight/, 0],
];

function dayOf(words: string, now: Dayjs): Dayjs | undefined {
  const named = NAMED.find(([pattern]) => pattern.test(words));
  if (named) return now.add(named[1], "day");
  const after = /(\d+)\s*(天|日|周|个?星期|个?月)后/.exec(words) ?? /in (\d+) (day|week|month)/.exec(words);
  if (after) return now.add(Number(after[1]), unitOf(after[2] ?? ""));
  return weekday(words, now) ?? dateOf(words, now);
}

function unitOf(word: string): "day" | "week" | "month" {
  if (/周|星期|week/.test(word)) return "week";
  return /月|month/.test(word) ? "month" : "day";
}

const ENGLISH = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The week begins on Monday. A day of this week that has passed means that of the next. */
function weekday(words: string, now: Dayjs): Dayjs | undefined {
  const chinese = /(下下|下|这|本)?个?(?:周|星期|礼拜)([1-7])/.exec(words);
  const english = /(next )?\b(mon|tue|wed|thu|fri|sat|sun)/.exec(words);
  if (!chinese && !english) return undefined;
  const place = chinese ? Number(chinese[2]) - 1 : ENGLISH.indexOf(english?.[2] ?? "");
  const weeks = chinese?.[1] === "下下" ? 2 : chinese?.[1] === "下" || english?.[1] ? 1 : 0;
  const monday = now.startOf("day").subtract((now.day() + 6) % 7, "day");
  const found = monday.add(place + weeks * 7, "day");
  const passed = weeks === 0 && !chinese?.[1] && found.isBefore(now, "day");
  return passed ? found.add(7, "day") : found;
}

function dateOf(words: string, now: Dayjs): Dayjs | undefined {
  const full = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(words);
  if (full) return dayjs(`${full[1]}-${two(full[2])}-${two(full[3])}`);
  const short = /(\d{1,2})月(\d{1,2})/.exec(words) ?? /\b(\d{1,2})\/(\d{1,2})\b/.exec(words);
  if (short) {
    const found = dayjs(`${now.year()}-${two(short[1])}-${two(short[2])}`);
    return found.isBefore(now, "day") ? found.add(1, "year") : found;
  }
  const day = /(?<!\d)(\d{1,2})[号日](?!后)/.exec(words);
  if (!day) return undefined;
  const found = now.startOf("day").date(Number(day[1]));
  return found.isBefore(now, "day") ? found.add(1, "month") : found;
}

const two = (text: string | undefined): string => (text ?? "").padStart(2, "0");

function timeOf(words: string): [hour: number, minute: number] | undefined {
  const clock = /(\d{1,2}):(\d{2})/.exec(words);
  const spoken = /(\d{1,2})\s*[点时](半|\d{1,2}|一刻|三刻)?/.exec(words);
  const english = /\b(\d{1,2})\s*(am|pm)\b/.exec(words);
  if (clock) return [afternoon(words, Number(clock[1])), Number(clock[2])];
  if (spoken) return [afternoon(words, Number(spoken[1])), minutes(spoken[2])];
  if (english) return [(Number(english[1]) % 12) + (english[2] === "pm" ? 12 : 0), 0];
  if (/下午|afternoon/.test(words)) return [14, 0];
  if (/晚|evening|tonight/.test(words)) return [19, 0];
  return /上午|早|morning/.test(words) ? [MORNING, 0] : undefined;
}

function minutes(word: string | undefined): number {
  if (word === "半") return 30;
  if (word === "一刻") return 15;
  return word === "三刻" ? 45 : Number(word ?? 0);
}

function afternoon(words: string, hour: number): number {
  return hour < 12 && /下午|晚|傍晚|pm/.test(words) ? hour + 12 : hour;
}
