import { useText } from "@/i18n/use-text";
import { CheckOutlined } from "@/ui";

import type { DisplayProps } from "../contract";

export function BooleanDisplay({ value, tight }: DisplayProps) {
  const { t } = useText();
  if (value === true) return <CheckOutlined aria-label={t("common.yes")} />;
  return <span className="quiet">{tight ? "" : t("common.no")}</span>;
}
