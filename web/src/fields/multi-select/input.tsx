import { asList, asText } from "@/api";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import type { InputProps } from "../contract";
import { optionsOf } from "../options";

/** Several of a list; a tag field also takes new words. */
export function TagsInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const { label } = useText();
  return (
    <Select
      {...(id ? { id } : {})}
      mode={field.type === "tags" ? "tags" : "multiple"}
      value={asList(value).map(asText)}
      onChange={(next: string[]) => onChange(next.length > 0 ? next : null)}
      onBlur={onDone}
      options={optionsOf(field).map((option) => ({ value: option.key, label: label(option.label) || option.key }))}
      showSearch={{ optionFilterProp: "label" }}
      autoFocus={autoFocus ?? false}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
    />
  );
}
