import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";

import type { BoardColumn, Condition, ObjectDef, Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { useErrorText, usePhone } from "@/ui";

import styles from "./board.module.css";
import { useColumn } from "./use-column";

type Props = { def: ObjectDef; where: Condition; column: BoardColumn; card: (row: Row, first: boolean) => ReactNode };

const GUESS = 118;
const AHEAD = 6;
const OVERSCAN = 5;
/** The round button of the phone stands over the end of the list. */
const UNDER_BUTTON = 96;

/** The cards of a column, of which only those in sight are drawn. */
export function Cards({ def, where, column, card }: Props) {
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
