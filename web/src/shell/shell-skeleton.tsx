import { ListSkeleton } from "@/ui";

import styles from "./shell.module.css";

export function ShellSkeleton() {
  return (
    <div className={styles["shell"]}>
      <div className={styles["rail"]} />
      <div className={styles["top"]} />
      <main className={styles["main"]}>
        <ListSkeleton />
      </main>
    </div>
  );
}
