import type { ReactNode } from "react";

import styles from "./settings.module.css";

/** What a section is about, and its one important action. */
export function SectionHead({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <header className={styles["head"]}>
      <div>
        <h2>{title}</h2>
        {text && <p className="quiet">{text}</p>}
      </div>
      {action && <div className={styles["headAction"]}>{action}</div>}
    </header>
  );
}
