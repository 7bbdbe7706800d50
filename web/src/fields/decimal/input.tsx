import { asText } from "@/api";
import { InputNumber } from "@/ui";

import type { InputProps } from "../contract";
import { numberOption, textOption } from "../options";

/** Digits are kept as text, so that none is lost on the way. */
export function NumberInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const whole = field.type === "integer";
  const unit = textOption(field, "unit") ?? (field.type === "percent" ? "%" : undefined);
  const write = (entered: string | null) => {
    if (entered === null || entered === "") onChange(null);
    else onChange(whole ? Number(entered) : entered);
  };
  return (
    <InputNumber<string>
      {...(id ? { id } : {})}
      stringMode
      value={asText(value) || null}
      onChange={write}
      onBlur={onDone}
      onPressEnter={onDone}
      autoFocus={autoFocus ?? false}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
      controls={false}
      {...(whole ? { precision: 0 } : { precision: numberOption(field, "scale") ?? 2 })}
      {...(unit ? { suffix: unit } : {})}
    />
  );
}
