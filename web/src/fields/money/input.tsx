import { useRef, useState, type FocusEvent, type KeyboardEvent } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { DownOutlined, InputNumber } from "@/ui";

import type { InputProps } from "../contract";
import { readNumber } from "../decimal/numbers";
import { textOption } from "../options";
import { CurrencySelect, symbolOf } from "./currency-select";
import { currenciesOf, moneyOf } from "./money";
import styles from "./money.module.css";
import { RateLine } from "./rate-line";

/** Takes 12万 and 1,200 as people write them. A sum in another currency also needs its rate. */
export function MoneyInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const { t } = useText();
  const base = useWorkspace().blueprint.currency;
  const money = moneyOf(value, base);
  const first = useRef(money);
  // Without an amount there is no value that could keep the currency.
  const [kept, setKept] = useState({ currency: money?.currency ?? textOption(field, "currency") ?? base, rate: money?.rate ?? "" });
  const currency = money?.currency ?? kept.currency;
  const rate = money ? (money.rate ?? "") : kept.rate;
  const group = useRef<HTMLDivElement>(null);

  const write = (entered: string | null, next = { currency, rate }) => {
    setKept(next);
    if (!entered) onChange(null);
    else onChange(next.currency === base ? { value: entered } : { ...next, entered });
  };
  const choose = (chosen: string) => {
    const known = first.current?.currency === chosen ? (first.current.rate ?? "") : "";
    write(money?.entered ?? null, { currency: chosen, rate: known });
    group.current?.querySelector<HTMLInputElement>("input")?.focus();
  };
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onDone?.();
  };
  const walk = (event: KeyboardEvent) => {
    const stops = [...(group.current?.querySelectorAll<HTMLElement>("select, input") ?? [])];
    const next = stops[stops.findIndex((stop) => stop === event.target) + (event.shiftKey ? -1 : 1)];
    if (!next) return;
    if (event.key === "Tab") return event.stopPropagation();
    if (event.key !== "Enter" || event.nativeEvent.isComposing || currency === base || rate || !money) return;
    // Enter ends the editing, unless the rate is still to be given.
    event.stopPropagation();
    event.preventDefault();
    next.focus();
  };
  return (
    <div className={styles["money"]} ref={group} onBlur={leave} onKeyDownCapture={walk}>
      <div className={styles["amount"]}>
        <CurrencySelect value={currency} choices={currenciesOf(field, base, currency)} onChange={choose} />
        <InputNumber<string>
          {...(id ? { id } : {})}
          stringMode
          value={money?.entered ?? null}
          onChange={(entered) => write(entered)}
          parser={(text) => readNumber(text ?? "") ?? text?.replace(/[^\d.-]/g, "") ?? ""}
          autoFocus={autoFocus ?? false}
          status={problem ? "error" : ""}
          style={{ width: "100%" }}
          precision={2}
          controls={false}
          prefix={
            <span className={styles["symbol"]}>
              {symbolOf(currency)}
              <DownOutlined aria-hidden="true" />
            </span>
          }
        />
      </div>
      {currency !== base && (
        <RateLine
          from={currency}
          to={base}
          rate={rate}
          entered={money?.entered ?? ""}
          label={t("fields.rateOf", { from: currency, to: base })}
          onChange={(next) => write(money?.entered ?? null, { currency, rate: next })}
        />
      )}
    </div>
  );
}
