import { getRouteApi } from "@tanstack/react-router";

import { useWorkspace, type JsonObject } from "@/api";
import { useText } from "@/i18n/use-text";
import type { HandoffState } from "@/relay";
import { RecordLink } from "@/shell/record-link";
import { ErrorState, LineSkeleton, SidePanel, Tag, Time, workingTime, type Tone } from "@/ui";

import { useEndedHandoffs } from "./api";
import styles from "./reports.module.css";
import type { EndedHandoff } from "./types";

const route = getRouteApi("/w/$ws/reports");
const WIDTH = 560;
const TONES: Record<HandoffState, Tone> = {
  offered: "amber",
  accepted: "green",
  returned: "red",
  expired: "red",
  withdrawn: "grey",
};

/** The hand-offs a number counted, over the page that shows the number. */
export function HandoffsPanel() {
  const { handoffs } = route.useSearch();
  return handoffs ? <Listed asked={handoffs} /> : null;
}

function Listed({ asked }: { asked: JsonObject }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const found = useEndedHandoffs(asked);
  const close = () => void navigate({ search: ({ handoffs: _gone, ...rest }) => rest });
  const title = found.data ? t("insight.handoffs", { count: found.data.count }) : t("shell.handoffs");
  return (
    <SidePanel label={title} title={title} onClose={close} width={WIDTH}>
      <div className={styles["panel"]}>
        {found.isPending ? (
          <LineSkeleton lines={8} />
        ) : !found.data ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <ul>
            {found.data.items.map((one) => (
              <Line key={one.id} handoff={one} />
            ))}
          </ul>
        )}
      </div>
    </SidePanel>
  );
}

function Line({ handoff }: { handoff: EndedHandoff }) {
  const { t, label } = useText();
  const { process } = useWorkspace();
  const stages = process(handoff.object)?.stages ?? [];
  const stage = stages.find((one) => one.key === (handoff.to_stage ?? handoff.stage));
  return (
    <li className={styles["handoff"]}>
      <span>
        <RecordLink object={handoff.object} id={handoff.record.id}>
          {handoff.record.title ?? t("common.none")}
        </RecordLink>{" "}
        <Tag tone={TONES[handoff.state]}>{t(`relay.state.${handoff.state}`)}</Tag>
      </span>
      <small className="quiet">
        {handoff.from.title} → {handoff.to.title} · {label(stage?.label)} · <Time at={handoff.answered_at} />
        {handoff.working_seconds !== null && ` · ${workingTime(t, handoff.working_seconds)}`}
      </small>
      {handoff.reason && <small>{label(handoff.reason)}</small>}
    </li>
  );
}
