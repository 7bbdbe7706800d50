import { asList, asText } from "@/api";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import type { FilterProps } from "../contract";
import { optionsOf } from "../options";

export function TagsFilter({ field, value, onChange }: FilterProps) {
  const { t, label } = useText();
  return (
    <Select
      mode="tags"
      value={asList(value).map(asText)}
      onChange={(next: string[]) => onChange(next)}
      options={optionsOf(field).map((option) => ({ value: option.key, label: label(option.label) }))}
      aria-label={t("filters.value")}
      style={{ width: "100%" }}
    />
  );
}
