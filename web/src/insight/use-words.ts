import type { Label } from "@/api";
import { useText } from "@/i18n/use-text";

import type { FunnelWords } from "./funnel-table";

/** A word of ours where a label of two languages is asked for; only the one spoken now is ever shown. */
export function asLabel(text: string): Label {
  return { zh: text, en: text };
}

export function useFunnelWords(): FunnelWords {
  const { t } = useText();
  return {
    stage: asLabel(t("insight.word.stage")),
    amount: asLabel(t("insight.word.amount")),
    mean: asLabel(t("insight.word.mean")),
    now: asLabel(t("insight.word.now")),
    lost: asLabel(t("insight.word.lost")),
  };
}
