import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { useText } from "@/i18n/use-text";
import { CardSkeleton, EmptyState, ErrorState, SwapOutlined, usePhone } from "@/ui";

import { useHandoffs, type Box } from "./api";
import { HandoffCard } from "./handoff-card";
import styles from "./handoffs-page.module.css";
import type { Handoff, HandoffState } from "./types";

const route = getRouteApi("/w/$ws/handoffs");

const BOXES = ["in", "out", "all"] as const;
const STATES = ["offered", "accepted", "returned", "withdrawn", "expired"] as const;

/** 交接: what waits for me, what became of what I passed on, and both together. */
export function HandoffsPage() {
  const { t } = useText();
  const { box = "in", state } = route.useSearch();
  const navigate = useNavigate();
  const phone = usePhone();
  const change = (next: { box?: Box | "all"; state?: HandoffState | undefined }) =>
    void navigate({ to: ".", search: (now) => ({ ...now, ...next }), replace: true });
  const waiting = useHandoffs("in", ["offered"]);
  return (
    <div className={styles["page"]}>
      <header className={styles["top"]}>
        <h1 className={phone ? "unseen" : undefined}>{t("shell.handoffs")}</h1>
        <div role="tablist" aria-label={t("shell.handoffs")} className={styles["tabs"]}>
          {BOXES.map((one) => (
            <button key={one} type="button" role="tab" aria-selected={one === box} onClick={() => change({ box: one, state: undefined })}>
              {t(`relay.box.${one}`)}
              {one === "in" && (waiting.data?.items.length ?? 0) > 0 && <strong>{waiting.data?.items.length}</strong>}
            </button>
          ))}
        </div>
        <div className={styles["states"]} role="group" aria-label={t("relay.stateFilter")}>
          <StateChip chosen={state === undefined} onChoose={() => change({ state: undefined })}>
            {t(box === "in" ? "relay.waitingForMe" : "common.all")}
          </StateChip>
          {STATES.filter((one) => box !== "in" || one !== "offered").map((one) => (
            <StateChip key={one} chosen={state === one} onChoose={() => change({ state: one })}>
              {t(`relay.state.${one}`)}
            </StateChip>
          ))}
        </div>
      </header>
      <Items box={box} state={state} />
    </div>
  );
}

type ChipProps = { chosen: boolean; onChoose: () => void; children: string };

function StateChip({ chosen, onChoose, children }: ChipProps) {
  return (
    <button type="button" aria-pressed={chosen} onClick={onChoose} className={styles["state"]}>
      {children}
    </button>
  );
}

function Items({ box, state }: { box: Box | "all"; state: HandoffState | undefined }) {
  const { t } = useText();
  const states = useMemo<HandoffState[]>(() => (state ? [state] : box === "in" ? ["offered"] : []), [box, state]);
  const incoming = useHandoffs("in", states, box !== "out");
  const outgoing = useHandoffs("out", states, box !== "in");
  const asked = [...(box === "out" ? [] : [incoming]), ...(box === "in" ? [] : [outgoing])];
  const failed = asked.find((one) => one.error && !one.data);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (asked.some((one) => one.isPending)) return <CardSkeleton />;
  const items = inOrder(asked.flatMap((one) => one.data?.items ?? []));
  if (items.length === 0) return <Nothing box={box} state={state} />;
  return (
    <ul className={styles["items"]} aria-label={t(`relay.box.${box}`)}>
      {items.map((one) => (
        <li key={one.id}>
          <HandoffCard handoff={one} />
        </li>
      ))}
    </ul>
  );
}

/** What waits comes first, the most urgent on top; then the newest. */
export function inOrder(items: Handoff[]): Handoff[] {
  const due = (one: Handoff) => (one.due ? Date.parse(one.due) : Number.POSITIVE_INFINITY);
  const once = [...new Map(items.map((one) => [one.id, one])).values()];
  const waiting = once.filter((one) => one.state === "offered").sort((a, b) => due(a) - due(b));
  const rest = once.filter((one) => one.state !== "offered");
  const answered = (one: Handoff) => Date.parse(one.answered_at ?? one.offered_at);
  return [...waiting, ...rest.sort((a, b) => answered(b) - answered(a))];
}

function Nothing({ box, state }: { box: Box | "all"; state: HandoffState | undefined }) {
  const { t } = useText();
  const filtered = state !== undefined;
  return (
    <EmptyState
      icon={<SwapOutlined aria-hidden="true" />}
      title={t(filtered ? "relay.noneInState" : box === "in" ? "relay.nothingWaits" : "relay.nothingPassed")}
      text={filtered ? undefined : t(box === "in" ? "relay.nothingWaitsText" : "relay.nothingPassedText")}
    />
  );
}
