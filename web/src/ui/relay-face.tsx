import type { Titled } from "@/api/blueprint-types";

import { Avatar } from "./avatar";
import { Ring, shareLeft, urgencyOf } from "./countdown";
import { useNow } from "./now";
import styles from "./relay-track.module.css";

type Props = { holder: Titled; due: string | null; since: string | null; place: number };

const FACE = 24;
const RING = 32;

/** The holder's face with the time left around it. It slides along the band when the baton changes hands. */
export function TrackFace({ holder, due, since, place }: Props) {
  const now = useNow();
  const urgency = due ? urgencyOf(due, since, now) : "calm";
  return (
    <li className={`${styles["face"]} ${styles[urgency]}`} style={{ left: `${place * 100}%` }} aria-hidden="true">
      <Avatar name={holder.title} id={holder.id} size={FACE} />
      <span className={styles["ring"]}>
        <Ring share={due ? shareLeft(due, since, now) : 1} size={RING} width={2.5} />
      </span>
    </li>
  );
}
