import { useText } from "@/i18n/use-text";
import { Bone, ErrorState, Tooltip } from "@/ui";

import { useSummary } from "./api";
import { DrillLink } from "./drill-link";
import { ChangeText, useExact, useNumber } from "./numbers";
import styles from "./reports.module.css";
import type { Days, Figure } from "./types";

const BONES = 8;

/** The key figures, each with what it was before; the figure opens its records. */
export function Figures({ period }: { period: Days }) {
  const { t } = useText();
  const summary = useSummary(period);
  if (summary.error && !summary.data) return <ErrorState error={summary.error} onRetry={() => void summary.refetch()} compact />;
  const numbers = summary.data?.numbers;
  return (
    <section className={styles["figures"]} aria-label={t("insight.figures")}>
      {numbers
        ? numbers.map((figure) => <FigureCard key={figure.key} figure={figure} />)
        : Array.from({ length: BONES }, (_, at) => (
            <div key={at} className={styles["figure"]}>
              <Bone width="50%" />
              <Bone width="70%" height={24} />
            </div>
          ))}
    </section>
  );
}

function FigureCard({ figure }: { figure: Figure }) {
  const { t, label } = useText();
  const number = useNumber();
  const exact = useExact();
  const shown = number(figure.value, figure.unit);
  return (
    <div className={styles["figure"]}>
      <Tooltip title={label(figure.definition)}>
        <button type="button" className={`plain ${styles["figureName"]}`}>
          {label(figure.label)}
        </button>
      </Tooltip>
      <DrillLink
        drill={figure.value === null ? null : figure.drill}
        className={styles["figureValue"]}
        label={`${label(figure.label)} ${shown}`}
      >
        <span title={exact(figure.value, figure.unit)}>{shown}</span>
      </DrillLink>
      <span className={styles["figureFoot"]}>
        <ChangeText change={figure.change} />
        <small className="quiet">{figure.previous === null
            ? t("insight.noBefore")
            : t("insight.before", { value: number(figure.previous, figure.unit) })}</small>
      </span>
    </div>
  );
}
