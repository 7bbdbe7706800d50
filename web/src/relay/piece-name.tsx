import { useText } from "@/i18n/use-text";

import styles from "./relay.module.css";
import type { Deliverable } from "./types";

/** What a deliverable is called, and that it may be left out if it may. */
export function PieceName({ piece }: { piece: Deliverable }) {
  const { t, label } = useText();
  return (
    <span>
      {label(piece.label)}
      {!piece.required && <span className={styles["optional"]}> {t("relay.optional")}</span>}
    </span>
  );
}
