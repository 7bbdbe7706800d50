import { asText } from "@/api";

import type { DisplayProps } from "../contract";
import styles from "./long-text.module.css";

export function LongTextDisplay({ value, tight }: DisplayProps) {
  const text = asText(value);
  if (tight) {
    return (
      <span className="cut" title={text}>
        {text.replace(/\s+/g, " ")}
      </span>
    );
  }
  return <span className={styles["lines"]}>{text}</span>;
}
