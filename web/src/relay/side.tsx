import { asText, useWorkspace, type ProcessDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Countdown, StopOutlined, Tag, Time, toast, useErrorText, WarningOutlined } from "@/ui";

import { useBlock } from "./api";
import { Assignment } from "./assignment";
import { Deliverables } from "./deliverables";
import { NextStep } from "./next-step";
import { Part } from "./part";
import styles from "./relay.module.css";
import { Team } from "./team";

type Props = { object: string; record: Row };

/** Deliverables, the next action and the team: the first column of the record page. */
export function RelaySide({ object, record }: Props) {
  const { process } = useWorkspace();
  const runs = process(object, asText(record["process"]) || undefined);
  if (!runs) return null;
  return (
    <div className={styles["side"]}>
      <Block object={object} record={record} />
      <Leg record={record} process={runs} />
      <Deliverables object={object} record={record} />
      <NextStep object={object} record={record} />
      <Team object={object} record={record} process={runs} />
      <Assignment object={object} id={record.id} />
    </div>
  );
}

/** What keeps it from going on, said where nobody misses it. */
function Block({ object, record }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const block = useBlock(object, record.id);
  const reason = asText(record["blocked"]);
  if (!reason) return null;
  const clear = () => block.mutate(null, { onError: (error) => toast(explain(error), { tone: "bad" }) });
  return (
    <section className={styles["blocked"]} aria-label={t("relay.blocked")}>
      <StopOutlined aria-hidden="true" />
      <span>
        <strong>{reason}</strong>
        <span className="quiet">
          {" "}
          <Time at={asText(record["blocked_since"])} />
        </span>
      </span>
      {record.can?.update && (
        <Button size="small" onClick={clear} loading={block.isPending}>
          {t("relay.unblock")}
        </Button>
      )}
    </section>
  );
}

/** The stage, what it asks of its holder, and how long there is for it. */
function Leg({ record, process }: { record: Row; process: ProcessDef }) {
  const { t, label } = useText();
  const stage = process.stages.find((one) => one.key === asText(record["stage"]));
  if (!stage) return null;
  return (
    <Part level={2}
      title={label(stage.label)}
      tools={<Countdown due={asText(record["stage_due"])} since={asText(record["stage_since"])} />}
    >
      {stage.duties.length > 0 && (
        <ul className={styles["duties"]} aria-label={t("relay.duties")}>
          {stage.duties.map((duty) => (
            <li key={duty.zh}>{label(duty)}</li>
          ))}
        </ul>
      )}
      {asText(record["first_leg"]) === "missed" && (
        <Tag tone="red">
          <WarningOutlined aria-hidden="true" /> {t("relay.firstLegMissed")}
        </Tag>
      )}
    </Part>
  );
}
