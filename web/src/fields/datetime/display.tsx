import { asText } from "@/api";
import { Countdown, Time, useNow } from "@/ui";

import type { DisplayProps } from "../contract";
import styles from "../fields.module.css";

/** Moments at which something should have happened: they turn red when they pass. */
const DUE = ["next_at", "due_at"];

export function DatetimeDisplay({ field, value, row }: DisplayProps) {
  const now = useNow();
  const at = asText(value);
  if (field.key === "stage_due") return <Countdown due={at} since={asText(row?.["stage_since"])} bare />;
  const past = DUE.includes(field.key) && Date.parse(at) < now;
  return <Time at={at} className={past ? styles["past"] : undefined} />;
}
