import type { ReactNode } from "react";

import styles from "./relay.module.css";

type Props = {
  title: ReactNode;
  /** Of the heading: 3 in a sheet, whose own title is 2. */
  level?: 2 | 3;
  problem?: string | undefined;
  tools?: ReactNode;
  children: ReactNode;
};

/** A titled part of a sheet or of the side column. */
export function Part({ title, level = 3, problem, tools, children }: Props) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={styles["part"]}>
      <header className={styles["partHead"]}>
        <Heading className={styles["partTitle"]}>{title}</Heading>
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
