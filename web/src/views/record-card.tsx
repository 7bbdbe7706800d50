import { asText, isEmpty, useWorkspace, type ObjectDef, type Row } from "@/api";
import { FieldPlain, titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Avatar, Countdown, SmallTrack, useNow, urgencyOf } from "@/ui";

import styles from "./record-card.module.css";

const SHOWN = 3;
/** Shown as a face and as the track. */
const DRAWN = ["holder", "owner", "stage"];

/** A record in a few lines: what it is called, what matters of it, who holds it and until when. */
export function RecordCard({ def, row }: { def: ObjectDef; row: Row }) {
  const { label } = useText();
  const { process } = useWorkspace();
  const find = (key: string) => def.fields.find((field) => field.key === key);
  const subtitle = def.card.subtitle ? find(def.card.subtitle) : undefined;
  const facts = def.card.fields.filter((key) => !DRAWN.includes(key) && key !== def.card.subtitle && !isEmpty(row[key]));
  const runs = process(def.key, asText(row["process"]) || undefined);
  return (
    <RecordLink object={def.key} id={row.id} className={styles["card"]}>
      <span className={styles["head"]}>
        <strong className="cut">{asText(row[def.title]) || row.id}</strong>
        <Holder row={row} />
      </span>
      {subtitle && !isEmpty(row[subtitle.key]) && (
        <span className={`${styles["subtitle"]} cut`}>
          <FieldPlain object={def.key} field={subtitle} value={row[subtitle.key]} row={row} tight />
        </span>
      )}
      <span className={styles["facts"]}>
        {facts.slice(0, SHOWN).map((key) => {
          const field = find(key);
          return (
            field && (
              <span key={key} title={label(field.label)} className="cut">
                <FieldPlain object={def.key} field={field} value={row[key]} row={row} tight />
              </span>
            )
          );
        })}
      </span>
      {runs && <Track row={row} process={runs} />}
    </RecordLink>
  );
}

function Holder({ row }: { row: Row }) {
  const holder = titledOf(row["holder"] ?? row["owner"]);
  return holder && <Avatar name={holder.title} id={holder.id} size={22} />;
}

function Track({ row, process }: { row: Row; process: NonNullable<Parameters<typeof SmallTrack>[0]["process"]> }) {
  const now = useNow();
  const due = asText(row["stage_due"]);
  const since = asText(row["stage_since"]);
  const urgency = due ? urgencyOf(due, since, now) : "calm";
  const tone = urgency === "over" ? "red" : urgency === "soon" ? "amber" : "accent";
  return (
    <span className={styles["track"]}>
      <SmallTrack process={process} stage={asText(row["stage"])} tone={tone} />
      <Countdown due={due} since={since} bare />
    </span>
  );
}
