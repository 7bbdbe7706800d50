import { useText } from "@/i18n/use-text";
import { DrillLink } from "@/insight/drill-link";
import { ChangeText, useExact, useNumber } from "@/insight/numbers";
import type { Figure } from "@/insight/types";

import styles from "./home.module.css";

/** Four numbers, each with its change; each opens the records it counted. */
export function Numbers({ figures }: { figures: Figure[] }) {
  const { t } = useText();
  if (figures.length === 0) return null;
  return (
    <section className={styles["numbers"]} aria-label={t("home.numbers")}>
      {figures.map((figure) => (
        <Number key={figure.key} figure={figure} />
      ))}
    </section>
  );
}

function Number({ figure }: { figure: Figure }) {
  const { label } = useText();
  const number = useNumber();
  const exact = useExact();
  const shown = number(figure.value, figure.unit);
  const name = label(figure.label);
  return (
    <div className={styles["number"]}>
      <span className={styles["numberName"]} title={label(figure.definition)}>
        {name}
      </span>
      <DrillLink drill={figure.value === null ? null : figure.drill} className={styles["numberValue"]} label={`${name} ${shown}`}>
        <span title={exact(figure.value, figure.unit)}>{shown}</span>
      </DrillLink>
      <ChangeText change={figure.change} />
    </div>
  );
}
