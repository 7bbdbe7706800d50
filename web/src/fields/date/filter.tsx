import dayjs from "dayjs";

import { asText, isObject, type Json } from "@/api";
import { useText } from "@/i18n/use-text";
import { DatePicker, InputNumber, Select } from "@/ui";

import type { FilterProps } from "../contract";
import styles from "../fields.module.css";
import { COUNTED, RELATIVE, type Relative } from "./relative";

/** A day, two days, or a stretch such as this month, which moves along with the calendar. */
export function DateFilter({ field, op, value, onChange }: FilterProps) {
  const { t } = useText();
  if (op === "within") return <RelativeFilter value={value} onChange={onChange} />;
  if (isObject(value) && "var" in value) return <span>{t("filters.now")}</span>;
  const moment = field.type === "datetime";
  const write = (day: dayjs.Dayjs | null) =>
    day === null ? null : moment ? day.startOf("day").toISOString() : day.format("YYYY-MM-DD");
  const read = (one: Json | undefined) => (asText(one) ? dayjs(asText(one)) : null);
  if (op === "between") {
    const [from, to] = Array.isArray(value) ? value : [];
    return (
      <DatePicker.RangePicker
        value={[read(from), read(to)]}
        onChange={(range) => onChange(range ? [write(range[0]), write(range[1])] : null)}
        allowEmpty
      />
    );
  }
  return (
    <DatePicker value={read(value)} onChange={(day) => onChange(write(day))} aria-label={t("filters.value")} className={styles["full"] ?? ""} />
  );
}

function RelativeFilter({ value, onChange }: { value: Json | undefined; onChange: (value: Json) => void }) {
  const { t } = useText();
  const chosen = isObject(value) ? asText(value["relative"]) : "this_month";
  const n = isObject(value) && typeof value["n"] === "number" ? value["n"] : 7;
  const counted = COUNTED.some((one) => one === chosen);
  return (
    <span className={styles["pair"]}>
      <Select
        value={chosen}
        onChange={(next) => onChange(COUNTED.some((one) => one === next) ? { relative: next, n } : { relative: next })}
        options={RELATIVE.map((one: Relative) => ({ value: one, label: t(`filters.relative.${one}`, { n: "N" }) }))}
        aria-label={t("filters.value")}
      />
      {counted && (
        <InputNumber
          min={1}
          max={3650}
          value={n}
          onChange={(days) => onChange({ relative: chosen, n: days ?? 7 })}
          aria-label={t("filters.days")}
        />
      )}
    </span>
  );
}
