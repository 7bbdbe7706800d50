import { useText } from "@/i18n/use-text";

import styles from "./countdown.module.css";
import { useNow } from "./now";
import { duration, exactTime } from "./time-text";

export type Urgency = "calm" | "soon" | "over";

const UNKNOWN_SPAN = 24 * 3_600_000;

/** Amber in the last quarter of the time given, red when it is over. */
export function urgencyOf(due: string, since: string | null | undefined, now: number): Urgency {
  const end = Date.parse(due);
  const span = since ? end - Date.parse(since) : UNKNOWN_SPAN;
  if (now >= end) return "over";
  return end - now <= span / 4 ? "soon" : "calm";
}

/** What share of the time given is left, from 1 to 0. */
export function shareLeft(due: string, since: string | null | undefined, now: number): number {
  const end = Date.parse(due);
  const span = since ? end - Date.parse(since) : UNKNOWN_SPAN;
  return Math.min(1, Math.max(0, (end - now) / Math.max(1, span)));
}

type Props = { due: string | null | undefined; since?: string | null; bare?: boolean };

export function Countdown({ due, since, bare = false }: Props) {
  const { t } = useText();
  const now = useNow();
  if (!due) return null;
  const urgency = urgencyOf(due, since, now);
  const time = duration(t, Math.abs(Date.parse(due) - now));
  return (
    <span className={`${styles["countdown"]} ${styles[urgency]} ${bare ? styles["bare"] : ""}`} title={exactTime(t, due)}>
      <Ring share={shareLeft(due, since, now)} size={12} />
      {urgency === "over" ? t("common.overdueBy", { time }) : t("common.leftFor", { time })}
    </span>
  );
}

type RingProps = { share: number; size: number; width?: number };

/** A ring that empties clockwise as time runs out. */
export function Ring({ share, size, width = 2 }: RingProps) {
  const radius = (size - width) / 2;
  const length = 2 * Math.PI * radius;
  return (
    <svg width={size} height={size} className={styles["ring"]} aria-hidden="true">
      <circle cx={size / 2} cy={size / 2} r={radius} strokeWidth={width} className={styles["rail"]} />
      <circle
        cx={size / 2}
        cy={size / 2}
        r={radius}
        strokeWidth={width}
        strokeDasharray={length}
        strokeDashoffset={length * (1 - share)}
        className={styles["rest"]}
      />
    </svg>
  );
}
