import { useUndo } from "@/api";
import { useText } from "@/i18n/use-text";
import { toast, useErrorText } from "@/ui";

/** Takes back what was done in one or more batches, and says what has been changed by others since and stays. */
export function useTakeBack(): (batches: string[]) => Promise<void> {
  const { t } = useText();
  const undo = useUndo();
  const explain = useErrorText();
  return async (batches) => {
    try {
      const results = await Promise.all(batches.map((one) => undo.mutateAsync(one)));
      const conflicts = results.reduce((sum, one) => sum + one.conflicts.length, 0);
      toast(conflicts > 0 ? t("common.undoConflicts", { count: conflicts }) : t("common.undone"));
    } catch (error) {
      toast(explain(error instanceof Error ? error : null), { tone: "bad" });
    }
  };
}
