import type { DisplayProps } from "../contract";
import styles from "../fields.module.css";
import { numberOption } from "../options";

const FIVE = 5;

export function RatingDisplay({ field, value }: DisplayProps) {
  const most = numberOption(field, "max") ?? FIVE;
  const given = Math.min(most, Math.max(0, Math.round(Number(value ?? 0))));
  return (
    <span className={styles["stars"]} role="img" aria-label={`${given} / ${most}`}>
      {"★".repeat(given)}
      <span>{"★".repeat(most - given)}</span>
    </span>
  );
}
