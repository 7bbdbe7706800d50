import { DndContext, DragOverlay, type Active, type DragEndEvent } from "@dnd-kit/core";
import { useRef, useState, type FocusEvent, type KeyboardEvent } from "react";

import { asText, type Row, type StageDef } from "@/api";
import { usePanels } from "@/shell/panels";

import { useAnnouncements } from "./announcements";
import type { Shown } from "./board";
import styles from "./board.module.css";
import { BoardCard } from "./card";
import { CardFace } from "./card-face";
import { Column } from "./column";
import { useDrag } from "./drag";
import { columnOf, isFolded } from "./facts";
import { useBoardMoves, useWaiting } from "./use-moves";
import { walkCards } from "./walk";

/** Only close to the edges, so that the last column in sight can be aimed at. */
const SCROLL = { threshold: { x: 0.08, y: 0.15 } };

/** The board on a wide screen: all stages side by side, cards dragged between them. */
export function Columns({ def, where, process, data, overdue }: Shown) {
  const { openRecord } = usePanels();
  const { mayGo, go, choices, sheet } = useBoardMoves(def, process);
  const waiting = useWaiting(def.key);
  const [dragged, setDragged] = useState<Row | null>(null);
  const [turned, setTurned] = useState<string[]>([]);
  const { sensors, collisions, begin } = useDrag(process.stages.map((stage) => stage.key));
  const announcements = useAnnouncements(process);
  const folded = (stage: StageDef) => isFolded(stage) !== turned.includes(stage.key);
  const turn = (key: string) => setTurned((now) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]));

  const lift = (active: Active) => {
    const row = rowOf(active);
    setDragged(row);
    begin(asText(row?.["stage"]));
  };
  // A card that was moved by keys is drawn anew in its column; the focus goes along.
  const followed = useRef<string | null>(null);
  const drop = ({ active, over, activatorEvent }: DragEndEvent) => {
    const row = rowOf(active);
    setDragged(null);
    followed.current = row && activatorEvent instanceof window.KeyboardEvent ? row.id : null;
    if (row && over && row["stage"] !== over.id) go(row, String(over.id));
  };
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!dragged && walkCards(event.currentTarget, event.key)) event.preventDefault();
  };
  const forget = (event: FocusEvent<HTMLElement>) => {
    if (event.target.dataset["card"] !== followed.current) followed.current = null;
  };
  const open = (row: Row) => openRecord(def.key, row.id);
  return (
    <>
      <DndContext
        sensors={sensors}
        collisionDetection={collisions}
        onDragStart={({ active }) => lift(active)}
        onDragEnd={drop}
        onDragCancel={() => setDragged(null)}
        accessibility={announcements}
        autoScroll={SCROLL}
      >
        <div className={styles["board"]} onKeyDown={walk} onFocus={forget} role="presentation">
          {process.stages.map((stage) => (
            <Column
              key={stage.key}
              def={def}
              stage={stage}
              column={columnOf(data, stage)}
              where={where}
              overdue={overdue.get(stage.key) ?? 0}
              takes={dragged ? dragged["stage"] === stage.key || mayGo(dragged, stage.key) : undefined}
              folded={folded(stage)}
              onFold={() => turn(stage.key)}
              card={(row, first) => (
                <BoardCard
                  def={def}
                  process={process}
                  row={row}
                  waiting={waiting.get(row.id)}
                  first={first}
                  followed={followed}
                  choices={choices}
                  onChoose={go}
                  onOpen={open}
                />
              )}
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged && (
            <article className={`${styles["card"]} ${styles["lifted"]}`}>
              <CardFace def={def} process={process} row={dragged} waiting={waiting.get(dragged.id)} still />
            </article>
          )}
        </DragOverlay>
      </DndContext>
      {sheet}
    </>
  );
}

function rowOf(active: Active): Row | null {
  const row: Row | undefined = active.data.current?.["row"];
  return row ?? null;
}
