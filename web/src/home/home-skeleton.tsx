import { Bone, CardSkeleton, ListSkeleton } from "@/ui";

import styles from "./home.module.css";

/** The list on the left, the cards on the right. */
export function HomeSkeleton() {
  return (
    <div className={styles["page"]}>
      <Bone width={180} height={22} />
      <div className={styles["columns"]}>
        <div className={styles["main"]}>
          <ListSkeleton rows={8} columns={3} />
        </div>
        <aside className={styles["side"]}>
          <CardSkeleton cards={3} />
        </aside>
      </div>
    </div>
  );
}
