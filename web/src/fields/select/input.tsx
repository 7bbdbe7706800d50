import { asText } from "@/api";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import type { InputProps } from "../contract";
import { optionsOf } from "../options";

export function SelectInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const { label } = useText();
  return (
    <Select
      {...(id ? { id } : {})}
      value={asText(value) || undefined}
      onChange={(next: string | undefined) => onChange(next ?? null)}
      onSelect={onDone}
      onBlur={onDone}
      options={optionsOf(field).map((option) => ({ value: option.key, label: label(option.label) }))}
      allowClear={!field.required}
      showSearch={{ optionFilterProp: "label" }}
      autoFocus={autoFocus ?? false}
      defaultOpen={autoFocus ?? false}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
    />
  );
}
