import type { ReactNode } from "react";

import styles from "./relay.module.css";

type Props = { title: ReactNode; problem?: string | undefined; tools?: ReactNode; children: ReactNode };

/** A titled part of a sheet or of the side column. */
export function Part({ title, problem, tools, children }: Props) {
  return (
    <section className={styles["part"]}>
      <header className={styles["partHead"]}>
        <h3 className={styles["partTitle"]}>{title}</h3>
        {problem && (
          <span className={styles["problem"]} role="alert">
            {problem}
          </span>
        )}
        {tools}
      </header>
      {children}
    </section>
  );
}
