import { useWorkspace } from "@/api";
import { InputNumber } from "@/ui";

import type { InputProps } from "../contract";
import { readNumber } from "../decimal/numbers";
import { currencyOf, moneyOf } from "./money";

/** Takes 12万 and 1,200 as people write them. */
export function MoneyInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const { blueprint } = useWorkspace();
  const base = currencyOf(field, blueprint.currency);
  const money = moneyOf(value, base);
  const write = (entered: string | null) => {
    if (!entered) onChange(null);
    else onChange({ value: entered });
  };
  return (
    <InputNumber<string>
      {...(id ? { id } : {})}
      stringMode
      value={money?.value ?? null}
      onChange={write}
      parser={(text) => readNumber(text ?? "") ?? text?.replace(/[^\d.-]/g, "") ?? ""}
      onBlur={onDone}
      onPressEnter={onDone}
      autoFocus={autoFocus ?? false}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
      precision={2}
      controls={false}
      prefix={SYMBOLS[base] ?? base}
    />
  );
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£" };
