import type { ReactNode } from "react";

import { changeLanguage } from "@/i18n";
import { LANGUAGE_NAMES } from "@/i18n/names";
import { useText } from "@/i18n/use-text";

import styles from "./auth.module.css";

type Props = { title: string; lead?: string; children: ReactNode };

/** The quiet page of signing in and what belongs to it. */
export function AuthCard({ title, lead, children }: Props) {
  const { language } = useText();
  const other = language === "zh" ? "en" : "zh";
  return (
    <main className={styles["page"]}>
      <div className={styles["card"]}>
        <Baton />
        <h1 className={styles["title"]}>{title}</h1>
        {lead && <p className={styles["lead"]}>{lead}</p>}
        {children}
      </div>
      <button type="button" className={styles["language"]} lang={other} onClick={() => void changeLanguage(other)}>
        {LANGUAGE_NAMES[other]}
      </button>
    </main>
  );
}

/** Four legs of a relay; the second one is running. */
function Baton() {
  return (
    <svg viewBox="0 0 240 44" className={styles["baton"]} aria-hidden="true">
      <path d="M6 22 H54" className={styles["legDone"]} />
      <path d="M66 22 H114" className={styles["legNow"]} />
      <path d="M126 22 H174" className={styles["legNext"]} />
      <path d="M186 22 H234" className={styles["legNext"]} />
      <g className={styles["runner"]}>
        <circle cx="90" cy="22" r="11" className={styles["face"]} />
        <circle cx="90" cy="22" r="5" className={styles["dot"]} />
      </g>
    </svg>
  );
}
