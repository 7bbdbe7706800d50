import type { ReactNode } from "react";

import { asText, isEmpty, type ObjectDef, type ProcessDef, type Row } from "@/api";
import { FieldPlain, titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Avatar, duration, SmallTrack, StopOutlined, Tag, Time, urgencyOf, useNow } from "@/ui";

import styles from "./board.module.css";
import { amountField, shareUsed } from "./facts";

/** An answer that the card waits for. */
export type Waiting = { mine: boolean; who: string };

type Props = {
  def: ObjectDef;
  process: ProcessDef;
  row: Row;
  waiting: Waiting | undefined;
  still?: boolean;
  /** Stands at the foot, beside how long the card has been here. */
  tools?: ReactNode;
};

/** What a card says: what it is, what it is worth, who holds it, what is next, how long it has been here. */
export function CardFace({ def, process, row, waiting, still = false, tools }: Props) {
  const name = asText(row[def.title]) || row.id;
  const holder = titledOf(row["holder"] ?? row["owner"]);
  return (
    <>
      <span className={styles["cardHead"]}>
        {still ? (
          <strong className={styles["cardName"]}>{name}</strong>
        ) : (
          <RecordLink object={def.key} id={row.id} className={styles["cardName"]} tabIndex={-1}>
            {name}
          </RecordLink>
        )}
        {holder && (
          <span title={holder.title} className={styles["cardFaceOf"]}>
            <Avatar name={holder.title} id={holder.id} size={22} />
            <span className="unseen">{holder.title}</span>
          </span>
        )}
      </span>
      <Facts def={def} row={row} />
      <Marks row={row} waiting={waiting} />
      <Next row={row} />
      <Age process={process} row={row} tools={tools} />
    </>
  );
}

function Facts({ def, row }: { def: ObjectDef; row: Row }) {
  const { label } = useText();
  const find = (key: string | null | undefined) => def.fields.find((field) => field.key === key);
  const amount = amountField(def);
  const score = amount ? undefined : find("score");
  const shown = [find(def.card.subtitle), amount, score].flatMap((field) => (field && !isEmpty(row[field.key]) ? [field] : []));
  if (shown.length === 0) return null;
  return (
    <span className={styles["cardFacts"]}>
      {shown.map((field) => (
        <span key={field.key} title={label(field.label)} className={field === amount || field === score ? styles["amount"] : "cut"}>
          {field === score && `${label(field.label)} `}
          <FieldPlain object={def.key} field={field} value={row[field.key]} row={row} tight />
        </span>
      ))}
    </span>
  );
}

function Marks({ row, waiting }: { row: Row; waiting: Waiting | undefined }) {
  const { t } = useText();
  const blocked = asText(row["blocked"]);
  if (!blocked && !waiting) return null;
  return (
    <span className={styles["marks"]}>
      {blocked && (
        <Tag tone="red" title={blocked}>
          <StopOutlined aria-hidden="true" /> {blocked}
        </Tag>
      )}
      {waiting && <Tag tone="amber">{waiting.mine ? t("relay.waitsForYou") : t("board.waitsFor", { who: waiting.who })}</Tag>}
    </span>
  );
}

function Next({ row }: { row: Row }) {
  const now = useNow();
  const action = asText(row["next_action"]);
  const at = asText(row["next_at"]);
  if (!action && !at) return null;
  const late = asText(row["outcome"]) === "open" && at !== "" && Date.parse(at) < now;
  return (
    <span className={styles["next"]}>
      {action && <span className="cut">{action}</span>}
      {at && <Time at={at} className={late ? (styles["late"] ?? "") : "quiet"} />}
    </span>
  );
}

const FULL = 100;

/** Days in the stage as a thin bar against what the stage allows, beside the small track. */
function Age({ process, row, tools }: { process: ProcessDef; row: Row; tools: ReactNode }) {
  const { t } = useText();
  const now = useNow();
  const since = asText(row["stage_since"]);
  const due = asText(row["stage_due"]);
  const used = shareUsed(row, now);
  const urgency = used === null ? "calm" : urgencyOf(due, since, now);
  const tone = urgency === "over" ? "red" : urgency === "soon" ? "amber" : "accent";
  const time = since ? duration(t, Math.max(0, now - Date.parse(since)), true) : "";
  return (
    <span className={`${styles["age"]} ${styles[urgency]}`}>
      <SmallTrack process={process} stage={asText(row["stage"])} tone={tone} />
      {time && <span className={styles["days"]}>{used !== null && used > 1 ? t("board.over", { time }) : time}</span>}
      {tools}
      {used !== null && (
        <span className={styles["norm"]} aria-hidden="true">
          <span style={{ width: `${Math.min(FULL, used * FULL)}%` }} />
        </span>
      )}
    </span>
  );
}
