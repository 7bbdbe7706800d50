import { useText } from "@/i18n/use-text";
import { InputNumber } from "@/ui";

import type { InputProps } from "../contract";

const HOUR = 3600;

/** Entered in hours, kept in seconds. */
export function DurationInput({ value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const { t } = useText();
  return (
    <InputNumber
      {...(id ? { id } : {})}
      value={typeof value === "number" ? value / HOUR : null}
      onChange={(hours) => onChange(hours === null ? null : Math.round(hours * HOUR))}
      onBlur={onDone}
      onPressEnter={onDone}
      autoFocus={autoFocus ?? false}
      status={problem ? "error" : ""}
      min={0}
      suffix={t("fields.hours")}
      style={{ width: "100%" }}
    />
  );
}
