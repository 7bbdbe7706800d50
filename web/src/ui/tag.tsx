import type { ReactNode } from "react";

import styles from "./tag.module.css";

export type Tone = "accent" | "amber" | "red" | "green" | "grey" | "plain";

/** A word with a meaning colour. `dot` shows only a spot of it beside quiet text. */
export function Tag({ tone = "plain", dot = false, title, children }: { tone?: Tone; dot?: boolean; title?: string; children: ReactNode }) {
  return (
    <span className={`${styles["tag"]} ${styles[tone]} ${dot ? styles["dotted"] : ""}`} title={title}>
      {dot && <span className={styles["dot"]} aria-hidden="true" />}
      <span className="cut">{children}</span>
    </span>
  );
}
