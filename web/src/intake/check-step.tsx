import { useEffect, useRef } from "react";

import type { ObjectDef } from "@/api";
import type { ImportStep } from "@/routes/search";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, Progress, toast, useErrorText } from "@/ui";

import { useBeginImport, useCancelImport } from "./api";
import { CheckGroups } from "./check-groups";
import styles from "./check.module.css";
import { sameSetup, setupOf, type Draft } from "./draft";
import type { ImportRun, Setup } from "./types";
import { WizardFrame } from "./wizard-frame";

type Props = { def: ObjectDef; run: ImportRun; draft: Draft; onStep: (step: ImportStep) => void };

/** A dry run of everything: how many rows are new, known or wrong, before one of them is written. */
export function CheckStep({ def, run, draft, onStep }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const setup = setupOf(draft, run.columns);
  const check = useCheck(run, setup);
  const start = useBeginImport(run.id, "run");
  const begin = () => start.mutate(setup, { onError: (error) => toast(explain(error), { tone: "bad" }) });
  const found = check.over ? run.check : undefined;
  const writes = found ? found.created + found.updated : 0;
  const footer = (
    <>
      <Button onClick={() => onStep("match")}>{t("intake.previous")}</Button>
      <Button type="primary" onClick={begin} loading={start.isPending || start.isSuccess} disabled={writes === 0}>
        {found ? t("intake.run", { n: writes.toLocaleString() }) : t("intake.runPlain")}
      </Button>
    </>
  );
  return (
    <WizardFrame def={def} step="check" onStep={onStep} footer={footer}>
      {check.error ? (
        <ErrorState error={check.error} onRetry={check.again} />
      ) : !check.over ? (
        <Checking run={run} onStop={() => onStep("match")} />
      ) : run.error ? (
        <div className={styles["checking"]} role="alert">
          <p>{run.error.problems[0]?.text ?? run.error.text}</p>
          <Button type="primary" onClick={() => onStep("match")}>
            {t("intake.repair")}
          </Button>
        </div>
      ) : (
        found && <CheckGroups def={def} check={found} policy={draft.policy} onRepair={() => onStep("match")} />
      )}
    </WizardFrame>
  );
}

/** Begins a check unless the last one was of these very settings. `over`: what it found stands in the import. */
function useCheck(run: ImportRun, setup: Setup) {
  const { mutate, error, isPending } = useBeginImport(run.id, "check");
  const same = sameSetup(run.setup, setup);
  const over = run.state === "draft" && same && (run.check !== null || run.error !== null) && !isPending;
  const asked = useRef(false);
  const wanted = run.state === "draft" && !over;
  useEffect(() => {
    if (!wanted || asked.current) return;
    asked.current = true;
    mutate(setup);
  });
  return { over, error, again: () => mutate(setup) };
}

function Checking({ run, onStop }: { run: ImportRun; onStop: () => void }) {
  const { t } = useText();
  const cancel = useCancelImport(run.id);
  const { done, total } = run.progress ?? { done: 0, total: 0 };
  const stop = () => cancel.mutate(undefined, { onSettled: onStop });
  return (
    <div className={styles["checking"]} role="status">
      <p>{t("intake.checking", { rows: run.rows_estimate.toLocaleString() })}</p>
      <Progress
        percent={total > 0 && run.state === "checking" ? Math.floor((done / total) * 100) : 0}
        status="active"
        aria-label={t("intake.progress")}
        style={{ width: "min(420px, 100%)" }}
      />
      <Button onClick={stop} loading={cancel.isPending} disabled={run.state !== "checking"}>
        {t("intake.stopCheck")}
      </Button>
    </div>
  );
}
