import type { ProcessDef, StageDef } from "@/api/blueprint-types";
import { useText } from "@/i18n/use-text";

import styles from "./relay-track.module.css";

type Props = { process: ProcessDef; stage: string | null; tone?: "accent" | "amber" | "red" };

/** The relay track on a card: a bar per stage, filled up to where the record stands. */
export function SmallTrack({ process, stage, tone = "accent" }: Props) {
  const { label } = useText();
  const current = process.stages.find((one) => one.key === stage);
  const path = process.stages.filter((one) => one.kind === "open" || one.kind === "won");
  const place = path.findIndex((one) => one.key === stage);
  const text = label(current?.label);
  return (
    <span className={`${styles["small"]} ${styles[`tone-${tone}`]}`} title={text}>
      {path.map((one, index) => (
        <span key={one.key} className={styles[partOf(current, index, place)]} aria-hidden="true" />
      ))}
      <span className="unseen">{text}</span>
    </span>
  );
}

function partOf(current: StageDef | undefined, index: number, place: number): "past" | "here" | "ahead" | "fallen" {
  if (current?.kind === "lost" || current?.kind === "void") return "fallen";
  if (index === place) return "here";
  return index < place ? "past" : "ahead";
}
