import { Bone, CardSkeleton } from "@/ui";

import styles from "./board.module.css";

const CARDS = [4, 3, 5, 2, 3, 1];

/** Columns of cards, as they will stand. */
export function BoardSkeleton({ columns }: { columns: number }) {
  const shown = Array.from({ length: Math.min(columns, CARDS.length) }, (_, index) => index);
  return (
    <div className={styles["board"]}>
      {shown.map((index) => (
        <div key={index} className={styles["column"]}>
          <div className={styles["columnHead"]}>
            <Bone width="50%" height={14} />
          </div>
          <CardSkeleton cards={CARDS[index] ?? 1} />
        </div>
      ))}
    </div>
  );
}
