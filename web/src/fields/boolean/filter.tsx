import { useText } from "@/i18n/use-text";
import { Segmented } from "@/ui";

import type { FilterProps } from "../contract";

export function BooleanFilter({ value, onChange }: FilterProps) {
  const { t } = useText();
  return (
    <Segmented
      value={value === true ? "yes" : "no"}
      onChange={(chosen) => onChange(chosen === "yes")}
      options={[
        { value: "yes", label: t("common.yes") },
        { value: "no", label: t("common.no") },
      ]}
    />
  );
}
