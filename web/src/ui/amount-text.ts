import type { Language } from "@/i18n";

type Unit = [size: number, digits: number, mark: string];

const UNITS: Record<Language, Unit[]> = {
  zh: [
    [1e8, 2, "亿"],
    [1e4, 2, "万"],
  ],
  en: [
    [1e9, 2, "B"],
    [1e6, 2, "M"],
    [1e3, 1, "k"],
  ],
};

/** 123456 → 12.35万 or 123.5k. A value that rounds up to the next unit takes it: 99999999 is 1.00亿. */
export function shortAmount(value: number, language: Language): string {
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  const units = UNITS[language];
  const fitting = units.findIndex(([unit]) => size >= unit);
  if (fitting < 0) return sign + group(plain(size));
  const larger = units[fitting - 1];
  const [unit, digits, mark] = larger && scaled(size, larger) >= 1 ? larger : (units[fitting] ?? [1, 0, ""]);
  return `${sign}${(size / unit).toFixed(digits)}${mark}`;
}

function scaled(size: number, [unit, digits]: Unit): number {
  return Number((size / unit).toFixed(digits));
}

function plain(size: number): string {
  return Number.isInteger(size) ? String(size) : size.toFixed(2);
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", HKD: "HK$", JPY: "JP¥" };

/** Every digit as stored, grouped by thousands: ¥1,234,567.89. */
export function exactAmount(value: string, currency: string): string {
  const symbol = SYMBOLS[currency] ?? `${currency} `;
  const negative = value.startsWith("-");
  return `${negative ? "-" : ""}${symbol}${group(negative ? value.slice(1) : value)}`;
}

export function group(digits: string): string {
  const [whole = "", rest] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
