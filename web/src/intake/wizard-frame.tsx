import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspace, type ObjectDef } from "@/api";
import type { ImportStep } from "@/routes/search";
import { useText } from "@/i18n/use-text";
import { ArrowLeftOutlined, CheckOutlined } from "@/ui";

import styles from "./wizard.module.css";

export const STEPS = ["file", "match", "check", "run"] as const;
export type WizardStep = (typeof STEPS)[number];

type Props = {
  def: ObjectDef;
  step: WizardStep;
  /** The steps one can go back to; none while the import runs or when it is over. */
  onStep?: ((step: ImportStep) => void) | undefined;
  footer?: ReactNode;
  children: ReactNode;
};

/** The four steps above, the way on below, and what the step is about between them. */
export function WizardFrame({ def, step, onStep, footer, children }: Props) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <Link
          to="/w/$ws/o/$object"
          params={{ ws, object: def.key }}
          className={styles["back"] ?? ""}
          aria-label={t("intake.backTo", { object: label(def.plural ?? def.label) })}
        >
          <ArrowLeftOutlined aria-hidden="true" />
        </Link>
        <h1>{t("intake.title", { object: label(def.plural ?? def.label) })}</h1>
        <StepLine step={step} onStep={onStep} />
      </header>
      <div className={styles["body"]}>
        <div className={styles["inner"]}>{children}</div>
      </div>
      {footer && (
        <footer className={styles["foot"]} data-own-action="">
          <div className={styles["footInner"]}>{footer}</div>
        </footer>
      )}
    </div>
  );
}

function StepLine({ step, onStep }: Pick<Props, "step" | "onStep">) {
  const { t } = useText();
  const now = STEPS.indexOf(step);
  return (
    <ol className={styles["steps"]} aria-label={t("intake.steps")}>
      {STEPS.map((one, at) => {
        const back = at < now && one !== "run" ? one : undefined;
        const state = at < now ? "past" : at === now ? "now" : "coming";
        const inside = (
          <>
            <span className={styles["number"]}>{at < now ? <CheckOutlined aria-hidden="true" /> : at + 1}</span>
            <span className={styles["stepName"]}>{t(`intake.step.${one}`)}</span>
          </>
        );
        return (
          <li key={one} className={`${styles["step"]} ${styles[state]}`} aria-current={at === now ? "step" : undefined}>
            {back && onStep ? (
              <button type="button" className="plain" onClick={() => onStep(back)}>
                {inside}
              </button>
            ) : (
              <span>{inside}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
