import { asText, isObject, type FieldDef, type Json } from "@/api";

import { textOption } from "../options";

export type Money = { value: string; currency: string; entered: string; rate: string | null };

/** Read in either form the server gives or takes: an object, a text, or a number. */
export function moneyOf(value: Json | undefined, currency: string): Money | null {
  if (!isObject(value)) {
    const text = asText(value);
    return text ? { value: text, currency, entered: text, rate: null } : null;
  }
  const amount = asText(value["value"]);
  if (!amount && !value["entered"]) return null;
  return {
    value: amount,
    currency: asText(value["currency"]) || currency,
    entered: asText(value["entered"]) || amount,
    rate: asText(value["rate"]) || null,
  };
}

export function currencyOf(field: FieldDef, workspace: string): string {
  return textOption(field, "currency") ?? workspace;
}
