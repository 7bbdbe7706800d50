import { useText } from "@/i18n/use-text";
import { exactAmount, InputNumber } from "@/ui";

import { converted } from "./money";
import styles from "./money.module.css";

type Props = { from: string; to: string; rate: string; entered: string; label: string; onChange: (rate: string) => void };

/** 1 USD = 7.2 CNY, and what the sum comes to with it. */
export function RateLine({ from, to, rate, entered, label, onChange }: Props) {
  const { t } = useText();
  const amount = converted(entered, rate);
  return (
    <div className={styles["rate"]}>
      <span aria-hidden="true">1 {from} =</span>
      <InputNumber<string>
        stringMode
        value={rate || null}
        onChange={(next) => onChange(next ?? "")}
        min="0"
        controls={false}
        size="small"
        className={styles["rateInput"] ?? ""}
        aria-label={label}
        aria-required
        placeholder={t("fields.rate")}
        status={entered && !rate ? "warning" : ""}
      />
      <span aria-hidden="true">{to}</span>
      <output className={styles["converted"]}>{amount ? `= ${exactAmount(amount, to)}` : t("fields.rateMissing")}</output>
    </div>
  );
}
