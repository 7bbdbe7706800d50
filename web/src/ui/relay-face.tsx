import type { Titled } from "@/api/blueprint-types";

import { Avatar } from "./avatar";
import { Ring, shareLeft, urgencyOf } from "./countdown";
import { useNow } from "./now";
import styles from "./relay-track.module.css";

type Props = { holder: Titled; due: string | null; since: string | null; leg: number; legs: number };

const FACE = 24;
const RING = 32;

/** The holder's face with the time left around it. It slides along the band when the baton changes hands. */
export function TrackFace({ holder, due, since, leg, legs }: Props) {
  const now = useNow();
  const urgency = due ? urgencyOf(due, since, now) : "calm";
  return (
    <li className={`${styles["face"]} ${styles[urgency]}`} style={{ left: middleOf(leg, legs) }} aria-hidden="true">
      <Avatar name={holder.title} id={holder.id} size={FACE} />
      <span className={styles["ring"]}>
        <Ring share={due ? shareLeft(due, since, now) : 1} size={RING} width={2.5} />
      </span>
    </li>
  );
}

/** Percents are of what is visible; where the band scrolls, its legs have their least width instead. */
function middleOf(leg: number, legs: number): string {
  const at = leg + 0.5;
  return `max(${(at / legs) * 100}%, calc(${at} * var(--leg)))`;
}
