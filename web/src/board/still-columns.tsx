import type { Shown } from "./board";
import styles from "./board.module.css";
import { CardFace } from "./card-face";
import { Cards } from "./cards";
import { ColumnHead } from "./column-head";
import { columnOf, isFolded } from "./facts";
import { useWaiting } from "./use-moves";

/** The board as it will stand, seen before what drags its cards has arrived. */
export function StillColumns({ def, where, process, data, overdue }: Shown) {
  const waiting = useWaiting(def.key);
  return (
    <div className={styles["board"]}>
      {process.stages.map((stage) => {
        const column = columnOf(data, stage);
        const folded = isFolded(stage);
        return (
          <section key={stage.key} className={`${styles["column"]} ${folded ? styles["folded"] : ""}`}>
            <ColumnHead def={def} stage={stage} column={column} overdue={overdue.get(stage.key) ?? 0} folded={folded} onFold={() => undefined} />
            {!folded && (
              <Cards
                def={def}
                where={where}
                column={column}
                card={(row) => (
                  <div className={styles["card"]}>
                    <CardFace def={def} process={process} row={row} waiting={waiting.get(row.id)} />
                  </div>
                )}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}
