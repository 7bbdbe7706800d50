import dayjs from "dayjs";

import { asText } from "@/api";
import { DatePicker } from "@/ui";

import type { InputProps } from "../contract";

/** A day, or a moment when the field keeps one. */
export function DateInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const moment = field.type === "datetime";
  const text = asText(value);
  return (
    <DatePicker
      {...(id ? { id } : {})}
      value={text ? dayjs(text) : null}
      showTime={moment ? { format: "HH:mm", minuteStep: 5, defaultOpenValue: dayjs("09:00", "HH:mm") } : false}
      format={moment ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD"}
      onChange={(next) => {
        if (!next) onChange(null);
        else onChange(moment ? next.toISOString() : next.format("YYYY-MM-DD"));
      }}
      onOpenChange={(open) => {
        if (!open) onDone?.();
      }}
      autoFocus={autoFocus ?? false}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
    />
  );
}
