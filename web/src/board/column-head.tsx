import { useWorkspace, type BoardColumn, type ObjectDef, type StageDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Amount, Tag } from "@/ui";

import styles from "./board.module.css";
import { amountField, totalsOf } from "./facts";

type TotalsProps = { def: ObjectDef; stage: StageDef; column: BoardColumn; overdue: number };
type Props = TotalsProps & { folded: boolean; onFold: () => void };

/** The name of the stage with its count and totals; a button folds the column. */
export function ColumnHead({ folded, onFold, ...shown }: Props) {
  const { t, label } = useText();
  const { stage, column } = shown;
  const name = label(stage.label);
  return (
    <header className={styles["columnHead"]}>
      <button
        type="button"
        className={styles["foldButton"]}
        onClick={onFold}
        aria-expanded={!folded}
        title={t(folded ? "board.unfold" : "board.fold", { stage: name })}
      >
        <span className={`${styles["stageDot"]} ${styles[stage.kind]}`} aria-hidden="true" />
        <span className={styles["stageName"]}>{name}</span>{" "}
        <span className={styles["count"]}>{column.count}</span>
      </button>
      {!folded && <ColumnTotals {...shown} />}
    </header>
  );
}

/** What the column adds up to, by itself and weighted with the chance to win, and how many are over their limit. */
export function ColumnTotals({ def, stage, column, overdue }: TotalsProps) {
  const { t, label } = useText();
  const { blueprint } = useWorkspace();
  const amount = amountField(def);
  const { sum, weighted } = totalsOf(column, stage, amount);
  return (
    <span className={styles["totals"]}>
      {sum !== null && sum !== 0 && (
        <span title={label(amount?.label)}>
          <Amount value={sum.toFixed(2)} currency={blueprint.currency} />
        </span>
      )}
      {weighted !== null && weighted !== 0 && (
        <span className="quiet" title={t("board.weightedBy", { percent: stage.probability })}>
          {t("board.weighted")} <Amount value={weighted.toFixed(2)} currency={blueprint.currency} />
        </span>
      )}
      {overdue > 0 && <Tag tone="red">{t("board.overdue", { count: overdue })}</Tag>}
    </span>
  );
}
