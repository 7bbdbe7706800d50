import type { ReactNode } from "react";

import { asText, isEmpty, useWorkspace, type ObjectDef, type Row, type TimelineItem } from "@/api";
import { fileAddress } from "@/api/record-parts";
import { FieldPlain } from "@/fields";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import {
  Avatar,
  CheckOutlined,
  CommentOutlined,
  DeleteOutlined,
  EditOutlined,
  PaperClipOutlined,
  PhoneOutlined,
  PlusOutlined,
  RightOutlined,
  StopOutlined,
  SwapOutlined,
  Time,
  UndoOutlined,
  WarningOutlined,
} from "@/ui";

import { ChangeText } from "./change-text";
import styles from "./record.module.css";

type Look = { icon: ReactNode; tone: "quiet" | "accent" | "amber" | "red" | "green" };

const QUIET: Look = { icon: <EditOutlined aria-hidden="true" />, tone: "quiet" };

const LOOKS: Record<string, Look> = {
  activity: { icon: <PhoneOutlined aria-hidden="true" />, tone: "accent" },
  assigned: { icon: <SwapOutlined aria-hidden="true" />, tone: "accent" },
  blocked: { icon: <StopOutlined aria-hidden="true" />, tone: "red" },
  commented: { icon: <CommentOutlined aria-hidden="true" />, tone: "accent" },
  converted: { icon: <CheckOutlined aria-hidden="true" />, tone: "green" },
  created: { icon: <PlusOutlined aria-hidden="true" />, tone: "quiet" },
  deleted: { icon: <DeleteOutlined aria-hidden="true" />, tone: "quiet" },
  deliverable_ticked: { icon: <CheckOutlined aria-hidden="true" />, tone: "quiet" },
  file_added: { icon: <PaperClipOutlined aria-hidden="true" />, tone: "quiet" },
  file_removed: { icon: <PaperClipOutlined aria-hidden="true" />, tone: "quiet" },
  handoff_accepted: { icon: <SwapOutlined aria-hidden="true" />, tone: "green" },
  handoff_expired: { icon: <WarningOutlined aria-hidden="true" />, tone: "red" },
  handoff_offered: { icon: <SwapOutlined aria-hidden="true" />, tone: "amber" },
  handoff_returned: { icon: <SwapOutlined aria-hidden="true" />, tone: "red" },
  limit_breached: { icon: <WarningOutlined aria-hidden="true" />, tone: "red" },
  limit_warned: { icon: <WarningOutlined aria-hidden="true" />, tone: "amber" },
  moved: { icon: <RightOutlined aria-hidden="true" />, tone: "accent" },
  undone: { icon: <UndoOutlined aria-hidden="true" />, tone: "quiet" },
};

/** What time does, not a person. */
const BY_ITSELF = new Set(["handoff_expired", "limit_breached", "limit_warned"]);

export function TimelineEntry({ def, item }: { def: ObjectDef; item: TimelineItem }) {
  const { t } = useText();
  const { icon, tone } = LOOKS[item.kind] ?? QUIET;
  return (
    <li className={styles["entry"]}>
      <span className={`${styles["mark"]} ${styles[`mark-${tone}`]}`}>{icon}</span>
      <div className={styles["entryBody"]}>
        <div className={styles["entryHead"]}>
          {item.actor && <Avatar name={item.actor.title} id={item.actor.id} size={20} />}
          <span>
            {!BY_ITSELF.has(item.kind) && <strong>{item.actor?.title ?? t("common.unknownPerson")}</strong>} <What def={def} item={item} />
          </span>
          <Time at={item.at} className="quiet" />
        </div>
        {item.record && <Followed row={item.record} />}
        <Changes def={def} item={item} />
        {(item.text || item.message) && (
          <p className={item.kind === "commented" || item.kind === "activity" ? styles["said"] : styles["note"]}>
            {item.text ?? item.message}
          </p>
        )}
      </div>
    </li>
  );
}

const KINDS = [
  "created",
  "updated",
  "deleted",
  "restored",
  "moved",
  "handoff_offered",
  "handoff_accepted",
  "handoff_returned",
  "handoff_expired",
  "handoff_withdrawn",
  "assigned",
  "blocked",
  "limit_warned",
  "limit_breached",
  "commented",
  "file_added",
  "file_removed",
  "deliverable_ticked",
  "converted",
  "merged",
  "undone",
  "activity",
] as const;

function What({ def, item }: { def: ObjectDef; item: TimelineItem }) {
  const { t, label } = useText();
  const { ws, process } = useWorkspace();
  const kind = KINDS.find((one) => one === item.kind);
  const stageName = (key: string | null | undefined) =>
    label(process(def.key)?.stages.find((one) => one.key === key)?.label) || (key ?? "");
  const said = kind ? t(`record.kind.${kind}`, { who: item.to?.title ?? "", stage: stageName(item.to_stage ?? item.stage) }) : item.kind;
  return (
    <>
      {said}
      {item.reason && <> · {label(item.reason)}</>}
      {item.file && (
        <>
          {" "}
          <a href={fileAddress(ws, item.file.id)} download={item.file.name}>
            {item.file.name}
          </a>
        </>
      )}
    </>
  );
}

/** What was said to the customer, how, with what result, and what comes next. */
function Followed({ row }: { row: Row }) {
  const { t } = useText();
  const { object } = useWorkspace();
  const activity = object("activity");
  if (!activity) return null;
  const facts = activity.fields.filter((field) => FACTS.includes(field.key) && !isEmpty(row[field.key]));
  return (
    <div className={styles["said"]}>
      <RecordLink object={activity.key} id={row.id} className={styles["saidText"]}>
        {asText(row[activity.title])}
      </RecordLink>
      <div className={styles["followFacts"]}>
        {facts.map((field) => (
          <FieldPlain key={field.key} object={activity.key} field={field} value={row[field.key]} row={row} tight />
        ))}
        {!isEmpty(row["next_at"]) && (
          <span>
            {t("record.nextAt")} <Time at={asText(row["next_at"])} /> {asText(row["next_content"])}
          </span>
        )}
      </div>
    </div>
  );
}

const FACTS = ["kind", "result", "contact"];

const SHOWN = 8;
const UNSAID = ["version", "updated_at", "updated_by", "score_parts", "stage_since", "stage_due"];

function Changes({ def, item }: { def: ObjectDef; item: TimelineItem }) {
  const { label } = useText();
  if (item.kind === "created" || !item.changes) return null;
  const changed = def.fields.filter((field) => item.changes?.[field.key] && !UNSAID.includes(field.key)).slice(0, SHOWN);
  if (changed.length === 0) return null;
  return (
    <ul className={styles["changes"]}>
      {changed.map((field) => (
        <li key={field.key}>
          <span className="quiet">{label(field.label)}</span> <ChangeText object={def.key} field={field} change={item.changes?.[field.key]} />
        </li>
      ))}
    </ul>
  );
}
