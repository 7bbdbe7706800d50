import { useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Button, Countdown, DownOutlined, ObjectIcon, Person, RightOutlined, Tag, Time, type Tone } from "@/ui";

import { AnswerButtons, WithdrawButton } from "./answer";
import { Lacking } from "./banner";
import styles from "./handoffs-page.module.css";
import { labelOf } from "./moves";
import { PackageView } from "./package-view";
import type { Handoff, HandoffState } from "./types";

const TONES: Record<HandoffState, Tone> = {
  offered: "amber",
  accepted: "green",
  returned: "red",
  expired: "red",
  withdrawn: "grey",
};

/** One hand-off as its sender or its receiver sees it, with what they can do about it. */
export function HandoffCard({ handoff }: { handoff: Handoff }) {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const incoming = handoff.to.id === blueprint.me.member.id;
  const waiting = handoff.state === "offered";
  const [open, setOpen] = useState(false);
  return (
    <article className={`${styles["card"]} ${waiting && incoming ? styles["mine"] : ""}`}>
      <Head handoff={handoff} incoming={incoming} />
      {handoff.message && <p className={styles["message"]}>{handoff.message}</p>}
      <Answered handoff={handoff} />
      {open && <PackageView object={handoff.object} content={handoff.package} message={null} />}
      <footer className={styles["foot"]}>
        <Button
          type="text"
          size="small"
          icon={open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
        >
          {t("relay.package", { done: handoff.package.deliverables.filter((one) => one.done).length, all: handoff.package.deliverables.length })}
        </Button>
        {waiting && (incoming ? <AnswerButtons handoff={handoff} /> : <WithdrawButton handoff={handoff} size="small" />)}
      </footer>
    </article>
  );
}

function Head({ handoff, incoming }: { handoff: Handoff; incoming: boolean }) {
  const { t, label } = useText();
  const { object, process } = useWorkspace();
  const def = object(handoff.object);
  const runs = process(handoff.object);
  const stage = runs && handoff.to_stage ? label(labelOf(runs, handoff.to_stage)) : t("relay.sameStage");
  const other = incoming ? handoff.from : handoff.to;
  return (
    <header className={styles["head"]}>
      <RecordLink object={handoff.object} id={handoff.record.id} className={styles["name"]}>
        {def && <ObjectIcon name={def.icon} />}
        <span className="cut">{handoff.record.title ?? t("relay.untitled")}</span>
      </RecordLink>
      <span className={styles["facts"]}>
        <span className={styles["who"]}>
          <span className="quiet">{t(incoming ? "relay.from" : "relay.to")}</span>
          <Person name={other.title} id={other.id} />
        </span>
        <span>{t("relay.into", { stage })}</span>
        <span className="quiet">
          <Time at={handoff.offered_at} />
        </span>
        {handoff.state === "offered" ? (
          <Countdown due={handoff.due} since={handoff.offered_at} />
        ) : (
          <Tag tone={TONES[handoff.state]}>{t(`relay.state.${handoff.state}`)}</Tag>
        )}
        {handoff.automatic && <Tag>{t("relay.automatic")}</Tag>}
      </span>
    </header>
  );
}

function Answered({ handoff }: { handoff: Handoff }) {
  const { label } = useText();
  if (handoff.state !== "returned") return null;
  return (
    <div className={styles["returned"]}>
      <strong>{label(handoff.reason)}</strong>
      <Lacking handoff={handoff} />
    </div>
  );
}
