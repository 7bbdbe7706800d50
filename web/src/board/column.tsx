import { useDroppable } from "@dnd-kit/core";
import type { ReactNode } from "react";

import type { BoardColumn, Condition, ObjectDef, Row, StageDef } from "@/api";
import { useText } from "@/i18n/use-text";

import styles from "./board.module.css";
import { Cards } from "./cards";
import { ColumnHead } from "./column-head";

type Props = {
  def: ObjectDef;
  stage: StageDef;
  column: BoardColumn;
  where: Condition;
  overdue: number;
  /** Whether a card being dragged may be dropped here; undefined while nothing is dragged. */
  takes: boolean | undefined;
  folded: boolean;
  onFold: () => void;
  card: (row: Row, first: boolean) => ReactNode;
};

/** One stage: its totals and its cards, of which only those in sight are drawn. */
export function Column({ def, stage, column, where, overdue, takes, folded, onFold, card }: Props) {
  const { label } = useText();
  const { setNodeRef, isOver } = useDroppable({ id: stage.key, disabled: takes === false });
  const tone = takes === undefined ? "" : takes ? styles["takes"] : styles["refuses"];
  return (
    <section
      ref={setNodeRef}
      className={`${styles["column"]} ${folded ? styles["folded"] : ""} ${tone} ${isOver ? styles["aimed"] : ""}`}
      aria-label={label(stage.label)}
      data-column={stage.key}
    >
      <ColumnHead def={def} stage={stage} column={column} overdue={overdue} folded={folded} onFold={onFold} />
      {!folded && <Cards def={def} where={where} column={column} card={card} />}
    </section>
  );
}
