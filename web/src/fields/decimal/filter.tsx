import { asText, type Json } from "@/api";
import { useText } from "@/i18n/use-text";
import { InputNumber } from "@/ui";

import type { FilterProps } from "../contract";
import styles from "../fields.module.css";

/** One number, or two for a range. */
export function NumberFilter({ op, value, onChange }: FilterProps) {
  const { t } = useText();
  if (op !== "between") return <One value={value} onChange={onChange} label={t("filters.value")} />;
  const [from, to] = Array.isArray(value) ? value : [null, null];
  return (
    <span className={styles["pair"]}>
      <One value={from} onChange={(next) => onChange([next, to ?? null])} label={t("filters.from")} />
      <span aria-hidden="true">–</span>
      <One value={to} onChange={(next) => onChange([from ?? null, next])} label={t("filters.to")} />
    </span>
  );
}

type OneProps = { value: Json | undefined; onChange: (value: Json) => void; label: string };

function One({ value, onChange, label }: OneProps) {
  return (
    <InputNumber<string>
      stringMode
      controls={false}
      value={asText(value) || null}
      onChange={(next) => onChange(next === null || next === "" ? null : Number(next))}
      aria-label={label}
      style={{ width: "100%" }}
    />
  );
}
