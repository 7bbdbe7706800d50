import { useText } from "@/i18n/use-text";

import styles from "./money.module.css";

type Props = { value: string; choices: string[]; onChange: (currency: string) => void };

/** Lies unseen over the currency's sign: the browser's own list, so that a phone shows its wheel. */
export function CurrencySelect({ value, choices, onChange }: Props) {
  const { t, language } = useText();
  const names = new Intl.DisplayNames(language, { type: "currency" });
  return (
    <select
      className={styles["currency"]}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      aria-label={t("fields.currency")}
      title={t("fields.currencyIs", { name: names.of(value) ?? value })}
    >
      {choices.map((code) => (
        <option key={code} value={code}>
          {code} {names.of(code)}
        </option>
      ))}
    </select>
  );
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", HKD: "HK$", TWD: "NT$", SGD: "S$", JPY: "JP¥", KRW: "₩" };

export function symbolOf(currency: string): string {
  return SYMBOLS[currency] ?? currency;
}
