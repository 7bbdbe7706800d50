import { useDroppable } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";

import type { BoardColumn, Condition, ObjectDef, Row, StageDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { useErrorText, usePhone } from "@/ui";

import styles from "./board.module.css";
import { ColumnHead } from "./column-head";
import { useColumn } from "./use-column";

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

const GUESS = 118;
const AHEAD = 6;
const OVERSCAN = 5;
/** The round button of the phone stands over the end of the list. */
const UNDER_BUTTON = 96;

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

type CardsProps = Pick<Props, "def" | "where" | "column" | "card">;

export function Cards({ def, where, column, card }: CardsProps) {
  const { t } = useText();
  const explain = useErrorText();
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const { rows, more, hasMore, error } = useColumn(def, where, column);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => GUESS,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
    gap: 8,
    paddingStart: 2,
    paddingEnd: phone ? UNDER_BUTTON : 16,
    initialRect: { width: 280, height: 720 },
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) more();
  }, [hasMore, last, rows.length, more]);
  return (
    <div ref={box} className={styles["cards"]}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {lines.map(({ index, start, key }) => {
          const row = rows[index];
          return (
            row && (
              <li key={key} ref={virtual.measureElement} data-index={index} style={{ transform: `translateY(${start}px)` }}>
                {card(row, index === 0)}
              </li>
            )
          );
        })}
      </ul>
      {rows.length === 0 && <p className={styles["noCards"]}>{t("board.noCards")}</p>}
      {error && (
        <p className={styles["late"]} role="alert">
          {explain(error)}
        </p>
      )}
    </div>
  );
}
