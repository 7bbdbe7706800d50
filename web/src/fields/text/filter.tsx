import { asText } from "@/api";
import { useText } from "@/i18n/use-text";
import { Input } from "@/ui";

import type { FilterProps } from "../contract";

export function TextFilter({ value, onChange }: FilterProps) {
  const { t } = useText();
  return (
    <Input
      value={asText(value)}
      onChange={(event) => onChange(event.target.value)}
      aria-label={t("filters.value")}
      allowClear
    />
  );
}
