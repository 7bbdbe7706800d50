import { useWorkspace, type ObjectDef } from "@/api";
import type { ImportStep } from "@/routes/search";
import { useText } from "@/i18n/use-text";
import { Button, WarningOutlined } from "@/ui";

import {
  addAllLeft,
  choose,
  countsOf,
  leftOver,
  missingRequired,
  problemsByColumn,
  sameSetup,
  setupOf,
  takenTargets,
  type Draft,
} from "./draft";
import { HowForm } from "./how-form";
import styles from "./match.module.css";
import { MatchRow } from "./match-row";
import { useTargets } from "./targets";
import type { ImportRun } from "./types";
import { WizardFrame } from "./wizard-frame";

type Props = {
  def: ObjectDef;
  run: ImportRun;
  draft: Draft;
  onChange: (draft: Draft) => void;
  onStep: (step: ImportStep) => void;
};

/** Each column of the file beside the field it fills, and how the rows are to be taken. */
export function MatchStep({ def, run, draft, onChange, onStep }: Props) {
  const { t, label } = useText();
  const { may } = useWorkspace();
  const targets = useTargets(def, run);
  const taken = takenTargets(draft);
  // What the last check refused is said for as long as these settings are the ones it refused.
  const refusal = run.error && sameSetup(run.setup, setupOf(draft, run.columns)) ? run.error : null;
  const problems = problemsByColumn(refusal?.problems ?? [], run.columns);
  const counts = countsOf(draft);
  const left = leftOver(draft, run.columns);
  const needed = missingRequired(draft, def);
  const canAdd = may("blueprint");
  const footer = (
    <>
      <span className={styles["counts"]}>{t("intake.counts", counts)}</span>
      <Button onClick={() => onStep("file")}>{t("intake.previous")}</Button>
      <Button type="primary" disabled={counts.mapped + counts.added === 0} onClick={() => onStep("check")}>
        {t("intake.toCheck")}
      </Button>
    </>
  );
  return (
    <WizardFrame def={def} step="match" onStep={onStep} footer={footer}>
      {refusal && problems.size === 0 && (
        <p className={styles["refusal"]} role="alert">
          {refusal.problems[0]?.text ?? refusal.text}
        </p>
      )}
      {needed.length > 0 && (
        <p className={styles["needed"]} role="status">
          <WarningOutlined aria-hidden="true" />{" "}
          {t("intake.needed", { fields: needed.map((field) => label(field.label)).join(t("intake.comma")) })}
        </p>
      )}
      <div className={styles["match"]}>
        <section className={styles["columns"]} aria-labelledby="columns-title">
          <div className={styles["columnsHead"]}>
            <h2 id="columns-title">{t("intake.columnsTitle")}</h2>
            {canAdd && left.length > 1 && (
              <Button size="small" onClick={() => onChange(addAllLeft(draft, run.columns))}>
                {t("intake.addAll", { count: left.length })}
              </Button>
            )}
          </div>
          <ul>
            {run.columns.map((column) => (
              <MatchRow
                key={column.index}
                column={column}
                choice={draft.choices[column.index] ?? { kind: "ignore" }}
                targets={targets}
                taken={taken}
                canAdd={canAdd}
                problem={problems.get(column.index)}
                onChoose={(choice) => onChange(choose(draft, column.index, choice))}
              />
            ))}
          </ul>
        </section>
        <HowForm def={def} draft={draft} onChange={onChange} />
      </div>
    </WizardFrame>
  );
}
