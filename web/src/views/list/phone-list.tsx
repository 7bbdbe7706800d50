import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";

import type { ObjectDef, Row } from "@/api";
import { RecordCard } from "@/views/record-card";

import styles from "./list.module.css";

type Props = { def: ObjectDef; rows: Row[]; more: boolean; onMore: () => void };

const GUESS = 92;
const AHEAD = 8;

/** On the phone each record is a card. */
export function PhoneList({ def, rows, more, onMore }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => GUESS,
    overscan: 6,
    gap: 8,
    paddingStart: 8,
    paddingEnd: 88,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) onMore();
  }, [more, last, rows.length, onMore]);
  return (
    <div ref={box} className={styles["phone"]}>
      <ul className={styles["cards"]} style={{ height: virtual.getTotalSize() }}>
        {lines.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <li key={row.id} ref={virtual.measureElement} data-index={index} style={{ transform: `translateY(${start}px)` }}>
                <RecordCard def={def} row={row} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
