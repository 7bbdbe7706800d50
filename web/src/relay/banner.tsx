import { asText, useTrack, useWorkspace, type OpenHandoff, type Row } from "@/api";
import { titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Countdown, Person, Time } from "@/ui";

import { AnswerButtons, WithdrawButton } from "./answer";
import { useHandoffs } from "./api";
import { labelOf } from "./moves";
import { PackageView } from "./package-view";
import styles from "./relay.module.css";
import type { Handoff, HandoffState } from "./types";

type Props = { object: string; record: Row };

const OPEN: HandoffState[] = ["offered"];
const RETURNED: HandoffState[] = ["returned"];

/** What waits for an answer on this record: the receiver sees the package and answers, the sender sees for whom it
 * waits, everybody else that it waits. What came back is shown to its sender until it goes out again. */
export function RelayBanner({ object, record }: Props) {
  const { process, blueprint } = useWorkspace();
  const staged = process(object) !== undefined;
  const mine = titledOf(record["holder"])?.id === blueprint.me.member.id;
  const track = useTrack(object, record.id, staged);
  const waiting = track.data?.handoff;
  const incoming = useHandoffs("in", OPEN, staged && Boolean(waiting));
  const outgoing = useHandoffs("out", OPEN, staged && Boolean(waiting));
  const returned = useHandoffs("out", RETURNED, mine && !waiting);
  if (!waiting) {
    const back = mine ? newest(returned.data?.items, record) : undefined;
    return back ? <Returned handoff={back} /> : null;
  }
  const received = incoming.data?.items.find((one) => one.id === waiting.id);
  const sent = outgoing.data?.items.find((one) => one.id === waiting.id);
  if (received) return <Received handoff={received} />;
  return <Waiting object={object} waiting={waiting} sent={sent} />;
}

/** The last return, as long as the record stands where it stood then. */
function newest(items: Handoff[] | undefined, record: Row): Handoff | undefined {
  const last = items?.find((one) => one.record.id === record.id);
  return last && last.stage === asText(record["stage"]) && last.answered_at ? last : undefined;
}

function Received({ handoff }: { handoff: Handoff }) {
  const { t } = useText();
  return (
    <section className={`${styles["banner"]} ${styles["received"]}`} aria-label={t("relay.waitsForYou")}>
      <header className={styles["bannerHead"]}>
        <strong>{t("relay.handsYou", { who: handoff.from.title })}</strong>
        <Leads object={handoff.object} to={handoff.to_stage} />
        <Countdown due={handoff.due} since={handoff.offered_at} />
      </header>
      <PackageView object={handoff.object} content={handoff.package} message={handoff.message} from={handoff.from.title} />
      <footer className={styles["bannerFoot"]}>
        <AnswerButtons handoff={handoff} size="large" />
      </footer>
    </section>
  );
}

function Leads({ object, to }: { object: string; to: string | null }) {
  const { t, label } = useText();
  const runs = useWorkspace().process(object);
  const stage = runs && to ? label(labelOf(runs, to)) : "";
  return stage ? <span className={styles["leads"]}>{t("relay.into", { stage })}</span> : null;
}

type WaitingProps = { object: string; waiting: OpenHandoff; sent: Handoff | undefined };

function Waiting({ object, waiting, sent }: WaitingProps) {
  const { t } = useText();
  const who = waiting.to?.title ?? t("relay.nobody");
  return (
    <section className={`${styles["banner"]} ${styles["waiting"]}`} aria-label={t("relay.waitingFor", { who })}>
      <header className={styles["bannerHead"]}>
        <span>{t("relay.waitingForShort")}</span>
        <Person name={who} {...(waiting.to ? { id: waiting.to.id } : {})} />
        <Leads object={object} to={waiting.to_stage} />
        <span className="quiet">
          <Time at={waiting.offered_at} />
        </span>
        <Countdown due={waiting.due} since={waiting.offered_at} />
        {sent && <WithdrawButton handoff={sent} size="small" />}
      </header>
    </section>
  );
}

function Returned({ handoff }: { handoff: Handoff }) {
  const { t, label } = useText();
  return (
    <section className={`${styles["banner"]} ${styles["returned"]}`} aria-label={t("relay.state.returned")}>
      <header className={styles["bannerHead"]}>
        <Person name={handoff.to.title} id={handoff.to.id} />
        <strong>{t("relay.gaveBack", { reason: label(handoff.reason) })}</strong>
        <span className="quiet">
          <Time at={handoff.answered_at} />
        </span>
      </header>
      <Lacking handoff={handoff} />
    </section>
  );
}

/** What the receiver ticked as missing. */
export function Lacking({ handoff }: { handoff: Handoff }) {
  const { t, label } = useText();
  const { process, field } = useWorkspace();
  const deliverables = process(handoff.object)?.stages.find((one) => one.key === handoff.stage)?.deliverables ?? [];
  const names = handoff.missing.map((key) => {
    const found = deliverables.find((one) => one.key === key) ?? field(handoff.object, key);
    return label(found?.label) || key;
  });
  if (names.length === 0) return null;
  return <p className={styles["lacking"]}>{t("relay.missingList", { names: names.join(t("relay.listMark")) })}</p>;
}
