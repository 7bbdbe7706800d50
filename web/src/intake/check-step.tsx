import { isProblem, type ObjectDef } from "@/api";
import type { ImportStep } from "@/routes/search";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, Spin, toast, useErrorText } from "@/ui";

import { useImportCheck, useRunImport } from "./api";
import { CheckGroups } from "./check-groups";
import styles from "./check.module.css";
import { setupOf, type Draft } from "./draft";
import type { CheckResult, ImportRun } from "./types";
import { WizardFrame } from "./wizard-frame";

type Props = {
  def: ObjectDef;
  run: ImportRun;
  draft: Draft;
  onStep: (step: ImportStep) => void;
  /** The settings themselves are wrong; they are put right where they were made. */
  onRefused: (error: Error) => void;
};

/** A dry run of everything: how many rows are new, known or wrong, before one of them is written. */
export function CheckStep({ def, run, draft, onStep, onRefused }: Props) {
  const { t } = useText();
  const setup = setupOf(draft, run.columns);
  const check = useImportCheck(run.id, setup);
  const start = useRunImport(run.id);
  const explain = useErrorText();
  const refused = isProblem(check.error) && check.error.status === 422 ? check.error : null;
  const begin = () => start.mutate(setup, { onError: (error) => toast(explain(error), { tone: "bad" }) });
  const writes = check.data ? willWrite(check.data, draft) : 0;
  const footer = (
    <>
      <Button onClick={() => onStep("match")}>{t("intake.previous")}</Button>
      <Button type="primary" onClick={begin} loading={start.isPending || start.isSuccess} disabled={writes === 0}>
        {check.data ? t("intake.run", { n: writes.toLocaleString() }) : t("intake.runPlain")}
      </Button>
    </>
  );
  return (
    <WizardFrame def={def} step="check" onStep={onStep} footer={footer}>
      {check.isFetching ? (
        <div className={styles["checking"]} role="status">
          <Spin />
          <p>{t("intake.checking", { rows: run.rows_estimate.toLocaleString() })}</p>
        </div>
      ) : refused ? (
        <div className={styles["checking"]} role="alert">
          <p>{explain(refused)}</p>
          <Button type="primary" onClick={() => onRefused(refused)}>
            {t("intake.repair")}
          </Button>
        </div>
      ) : check.data ? (
        <CheckGroups def={def} check={check.data} policy={draft.policy} onRepair={() => onStep("match")} />
      ) : (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      )}
    </WizardFrame>
  );
}

/** How many rows the run will write: with “skip”, what is known already stays as it is. */
function willWrite(check: CheckResult, draft: Draft): number {
  return draft.policy === "skip" ? check.new : check.new + check.duplicates;
}
