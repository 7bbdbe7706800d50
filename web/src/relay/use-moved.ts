import { useText } from "@/i18n/use-text";
import { useTakeBack } from "@/shell/use-take-back";
import { toast } from "@/ui";

/** Says to which stage a record was moved, and offers to take the move back. */
export function useMoved(): (stage: string, batch: string | null) => void {
  const { t } = useText();
  const takeBack = useTakeBack();
  return (stage, batch) =>
    toast(t("relay.moved", { stage }), { tone: "good", ...(batch ? { undo: () => void takeBack([batch]) } : {}) });
}
