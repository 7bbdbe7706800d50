import { asText, type Json } from "@/api";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import type { FilterProps } from "../contract";
import { optionsOf } from "../options";

type Choice = { value: string; label: string };

type Props = { choices: Choice[]; several: boolean; value: Json | undefined; onChange: (value: Json) => void };

/** One or several of a short list. */
export function ChoiceFilter({ choices, several, value, onChange }: Props) {
  const { t } = useText();
  if (!several) {
    return (
      <Select
        value={asText(value) || undefined}
        onChange={(next: string | undefined) => onChange(next ?? null)}
        options={choices}
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("filters.value")}
        style={{ width: "100%" }}
      />
    );
  }
  const chosen = Array.isArray(value) ? value.map(asText) : asText(value) ? [asText(value)] : [];
  return (
    <Select
      mode="multiple"
      value={chosen}
      onChange={(next: string[]) => onChange(next)}
      options={choices}
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("filters.value")}
      style={{ width: "100%" }}
    />
  );
}

const SEVERAL = ["in", "not_in", "has_any", "has_all"];

export function SelectFilter({ field, op, value, onChange }: FilterProps) {
  const { label } = useText();
  const choices = optionsOf(field).map((option) => ({ value: option.key, label: label(option.label) || option.key }));
  return <ChoiceFilter choices={choices} several={SEVERAL.includes(op)} value={value} onChange={onChange} />;
}
