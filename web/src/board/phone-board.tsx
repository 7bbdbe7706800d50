import { useRef, useState, type TouchEvent } from "react";

import { asText, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Menu, SwapOutlined } from "@/ui";

import type { Shown } from "./board";
import styles from "./board.module.css";
import { CardFace } from "./card-face";
import { Cards } from "./cards";
import { ColumnTotals } from "./column-head";
import { useBoardMoves, useWaiting } from "./use-moves";

const FAR = 64;
const STEEP = 1.6;

/** On the phone one stage at a time: tabs or a swipe change it, a button moves a card. */
export function PhoneBoard({ def, where, process, data, overdue }: Shown) {
  const { label } = useText();
  const moves = useBoardMoves(def, process);
  const waiting = useWaiting(def.key);
  const columns = data.columns;
  const first = columns.find((one) => one.count > 0)?.stage ?? columns[0]?.stage ?? "";
  const [stage, setStage] = useState(first);
  const at = columns.findIndex((one) => one.stage === stage);
  const column = columns[at];
  const known = process.stages.find((one) => one.key === stage);
  const swipe = useSwipe((step) => {
    const next = columns[at + step];
    if (next) setStage(next.stage);
  });
  return (
    <div className={styles["phone"]}>
      <div className={styles["stages"]} role="tablist" aria-label={label(process.label)}>
        {columns.map((one) => (
          <StageTab
            key={one.stage}
            name={label(process.stages.find((each) => each.key === one.stage)?.label)}
            count={one.count}
            chosen={one.stage === stage}
            onChoose={() => setStage(one.stage)}
          />
        ))}
      </div>
      {column && known && (
        <section key={stage} className={styles["phoneColumn"]} role="tabpanel" aria-label={label(known.label)} {...swipe}>
          <ColumnTotals def={def} stage={known} column={column} overdue={overdue.get(stage) ?? 0} />
          <Cards
            def={def}
            where={where}
            column={column}
            card={(row) => (
              <article className={styles["card"]} aria-label={asText(row[def.title])}>
                <CardFace
                  def={def}
                  process={process}
                  row={row}
                  waiting={waiting.get(row.id)}
                  tools={<MoveButton row={row} name={asText(row[def.title])} moves={moves} />}
                />
              </article>
            )}
          />
        </section>
      )}
      {moves.sheet}
    </div>
  );
}

type TabProps = { name: string; count: number; chosen: boolean; onChoose: () => void };

function StageTab({ name, count, chosen, onChoose }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={chosen}
      className={styles["stageTab"]}
      onClick={onChoose}
      ref={(node) => {
        if (chosen) node?.scrollIntoView?.({ block: "nearest", inline: "center" });
      }}
    >
      {name} <span className={styles["count"]}>{count}</span>
    </button>
  );
}

type MoveProps = { row: Row; name: string; moves: ReturnType<typeof useBoardMoves> };

function MoveButton({ row, name, moves }: MoveProps) {
  const { t } = useText();
  const items = moves.choices(row);
  if (items.length === 0) return null;
  return (
    <Menu items={items} onChoose={(to) => moves.go(row, to)} label={t("board.moveCard", { name })}>
      <Button className={styles["moveButton"] ?? ""} icon={<SwapOutlined aria-hidden="true" />} aria-label={t("board.moveCard", { name })}>
        {t("board.move")}
      </Button>
    </Menu>
  );
}

/** A swipe to the left goes on, to the right goes back; one that is rather a scroll does nothing. */
function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      start.current = touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      if (!touch || !start.current) return;
      const x = touch.clientX - start.current.x;
      const y = touch.clientY - start.current.y;
      start.current = null;
      if (Math.abs(x) > FAR && Math.abs(x) > Math.abs(y) * STEEP) onSwipe(x < 0 ? 1 : -1);
    },
  };
}
