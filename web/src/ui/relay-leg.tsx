import type { StageDef, Titled } from "@/api/blueprint-types";
import type { Leg, Span } from "@/api/record-types";
import { useText } from "@/i18n/use-text";

import { Avatar } from "./avatar";
import { Countdown } from "./countdown";
import { CheckOutlined } from "./icons";
import styles from "./relay-track.module.css";
import { workingTime } from "./time-text";

type Props = {
  leg: Leg;
  stage: StageDef | undefined;
  roleName: (role: string) => string;
  due?: string | null;
  holder?: Titled | null;
  opened: boolean;
  onOpen?: () => void;
};

export function TrackLeg({ leg, stage, roleName, due, holder, opened, onOpen }: Props) {
  const { label } = useText();
  const sentence = useSentence(leg, stage, roleName, holder);
  const name = label(stage?.label) || leg.stage;
  const tone = stage?.kind === "won" ? "won" : stage?.kind === "open" || !stage ? "open" : "lost";
  const inside = (
    <>
      <span className={styles["bar"]} aria-hidden="true" />
      <span className={styles["name"]} title={name}>
        {leg.state === "done" && <CheckOutlined className={styles["check"]} aria-hidden="true" />}
        <span className="cut">{name}</span>
        <Returns spans={leg.spans} />
      </span>
      <span className={styles["who"]}>
        <Runner leg={leg} roleName={roleName} holder={holder} due={due} />
      </span>
      <span className="unseen">{sentence}</span>
    </>
  );
  const className = `${styles["leg"]} ${styles[leg.state]} ${styles[tone]} ${opened ? styles["opened"] : ""}`;
  return (
    <li className={className} aria-current={leg.state === "current" ? "step" : undefined}>
      {onOpen ? (
        <button type="button" className={styles["open"]} onClick={onOpen} aria-expanded={opened}>
          {inside}
        </button>
      ) : (
        <div className={styles["open"]}>{inside}</div>
      )}
    </li>
  );
}

/** Who carried longest stands for the leg; the sentence for screen readers says the same. */
function mainRunner(spans: Span[]): Titled | null {
  const times = new Map<string, { who: Titled; seconds: number }>();
  for (const { holder, working_seconds } of spans) {
    if (!holder) continue;
    const known = times.get(holder.id)?.seconds ?? 0;
    times.set(holder.id, { who: holder, seconds: known + working_seconds });
  }
  return [...times.values()].sort((a, b) => b.seconds - a.seconds)[0]?.who ?? null;
}

function Runner({ leg, roleName, holder, due }: Pick<Props, "leg" | "roleName" | "holder" | "due">) {
  const { t } = useText();
  if (leg.state === "skipped") return <span className="cut">{t("relay.skipped")}</span>;
  if (leg.state === "coming") {
    return (
      <span className="cut" title={leg.backup_role ? t("relay.backup", { who: roleName(leg.backup_role) }) : undefined}>
        {leg.role ? roleName(leg.role) : ""}
      </span>
    );
  }
  if (leg.state === "current") {
    return (
      <>
        <span className="cut">{holder?.title ?? t("relay.nobody")}</span>
        <Countdown due={due} since={leg.spans.at(-1)?.entered ?? null} bare />
      </>
    );
  }
  const runner = mainRunner(leg.spans);
  return (
    <>
      {runner && <Avatar name={runner.title} id={runner.id} size={16} />}
      <span className="cut">
        {[runner?.title, leg.working_seconds ? workingTime(t, leg.working_seconds) : ""].filter(Boolean).join(" · ")}
      </span>
    </>
  );
}

function Returns({ spans }: { spans: Span[] }) {
  const { t } = useText();
  const count = spans.reduce((sum, span) => sum + span.returns, 0);
  if (count === 0) return null;
  return (
    <span className={styles["returns"]} title={t("relay.returned", { count })}>
      <span aria-hidden="true">{"⟲".repeat(Math.min(count, 3))}</span>
      <span className="unseen">{t("relay.returned", { count })}</span>
    </span>
  );
}

function useSentence(leg: Leg, stage: StageDef | undefined, roleName: (role: string) => string, holder?: Titled | null) {
  const { t, label } = useText();
  const name = label(stage?.label) || leg.stage;
  const who = (leg.state === "current" ? holder : mainRunner(leg.spans))?.title ?? t("relay.nobody");
  if (leg.state === "done") return t("relay.stageDone", { stage: name, who, time: workingTime(t, leg.working_seconds ?? 0) });
  if (leg.state === "current") return t("relay.stageCurrent", { stage: name, who });
  if (leg.state === "skipped") return t("relay.stageSkipped", { stage: name });
  return t("relay.stageComing", { stage: name, role: leg.role ? roleName(leg.role) : t("relay.nobody") });
}
