import { asText, isObject, type FieldDef, type Json } from "@/api";

import { textOption } from "../options";

export type Money = { value: string; currency: string; entered: string; rate: string | null };

/** Read in either form the server gives or takes: an object, a text, or a number. */
export function moneyOf(value: Json | undefined, base: string): Money | null {
  if (!isObject(value)) {
    const text = asText(value);
    return text ? { value: text, currency: base, entered: text, rate: null } : null;
  }
  const amount = asText(value["value"]);
  const entered = asText(value["entered"]) || amount;
  if (!entered) return null;
  const rate = asText(value["rate"]) || null;
  return { value: amount || converted(entered, rate), currency: asText(value["currency"]) || base, entered, rate };
}

/** The currencies to choose from: those of the value and the workspace, the field's own, and what is common. */
export function currenciesOf(field: FieldDef, base: string, current: string): string[] {
  return [...new Set([base, current, textOption(field, "currency") ?? base, ...COMMON])];
}

const COMMON = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "SGD", "KRW"];

/** The sum times the rate, to the cent, as the server reckons it; empty while there is no rate. */
export function converted(entered: string, rate: string | null): string {
  const [sum, times] = [exact(entered), exact(rate ?? "")];
  if (!sum || !times) return "";
  const places = sum.places + times.places;
  const product = sum.digits * times.digits;
  const size = product < 0n ? -product : product;
  const scale = 10n ** BigInt(places);
  const cents = (size * 200n + scale) / (scale * 2n);
  const text = cents.toString().padStart(3, "0");
  return `${product < 0n && cents > 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}

function exact(text: string): { digits: bigint; places: number } | null {
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const decimals = match[2] ?? "";
  return { digits: BigInt(`${match[1]}${decimals}`), places: decimals.length };
}
