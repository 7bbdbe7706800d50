import { useText } from "@/i18n/use-text";
import { Button, EmptyState, ErrorState, LineSkeleton, Tag, Time, type Tone } from "@/ui";

import { agentName } from "./agent";
import { useEvents } from "./api";
import styles from "./security.module.css";
import type { AccountEvent } from "./types";

const KINDS = [
  "sign_in",
  "confirm",
  "sign_out",
  "session_ended",
  "password_changed",
  "password_set",
  "invited",
  "second_factor_on",
  "second_factor_off",
  "second_factor_reset",
  "recovery_codes",
  "token_made",
  "token_revoked",
  "policy",
] as const;
const OUTCOMES = ["wrong", "wrong_code", "locked", "half"] as const;
const TONES: Record<(typeof OUTCOMES)[number], Tone> = { wrong: "red", wrong_code: "red", locked: "red", half: "amber" };

/** What happened at the door, newest first: one's own, or with a workspace everybody's. */
export function Events({ ws }: { ws?: string }) {
  const { t } = useText();
  const events = useEvents(ws);
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  if (events.isPending) return <LineSkeleton lines={5} />;
  if (events.error && items.length === 0) return <ErrorState compact error={events.error} onRetry={() => void events.refetch()} />;
  if (items.length === 0) return <EmptyState compact title={t("security.noEvents")} />;
  return (
    <>
      <ul className={styles["list"]}>
        {items.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ul>
      {events.hasNextPage && (
        <Button onClick={() => void events.fetchNextPage()} loading={events.isFetchingNextPage}>
          {t("security.older")}
        </Button>
      )}
    </>
  );
}

function EventLine({ event }: { event: AccountEvent }) {
  const { t } = useText();
  const kind = KINDS.find((one) => one === event.kind);
  const outcome = OUTCOMES.find((one) => one === event.outcome);
  const where = [agentName(event.agent), event.address].filter(Boolean).join(" · ");
  return (
    <li>
      <div>
        <span className={styles["line"]}>
          {event.account && <strong>{event.account}</strong>}
          {kind ? t(`security.kind.${kind}`) : event.kind}
          {outcome && <Tag tone={TONES[outcome]}>{t(`security.outcome.${outcome}`)}</Tag>}
          {event.about && <AboutText event={event} />}
          {event.author && <span className="quiet">{t("security.by", { name: event.author })}</span>}
        </span>
        <small className="quiet">{where}</small>
      </div>
      <Time at={event.at} className="quiet" />
    </li>
  );
}

function AboutText({ event }: { event: AccountEvent }) {
  const { t } = useText();
  if (event.kind === "policy") return <Tag>{t(event.about === "on" ? "security.on" : "security.off")}</Tag>;
  if (event.kind === "session_ended") return <span className="quiet">{t("security.allOthers")}</span>;
  return <span className="quiet">{event.about}</span>;
}
