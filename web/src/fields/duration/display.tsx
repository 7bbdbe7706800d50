import { useText } from "@/i18n/use-text";
import { duration } from "@/ui";

import type { DisplayProps } from "../contract";

export function DurationDisplay({ value }: DisplayProps) {
  const { t } = useText();
  return <span>{duration(t, Number(value ?? 0) * 1000)}</span>;
}
