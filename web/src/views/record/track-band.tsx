import { useState } from "react";

import { useTrack, useWorkspace, type Leg, type ProcessDef, type StageDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Bone, ErrorState, exactTime, Person, RelayTrack, Tag, Time, workingTime } from "@/ui";

import styles from "./record.module.css";

type Props = { object: string; id: string; process: ProcessDef };

/** The relay track; a leg opens what was due in it and who carried it. */
export function TrackBand({ object, id, process }: Props) {
  const { label } = useText();
  const { blueprint } = useWorkspace();
  const track = useTrack(object, id);
  const [opened, setOpened] = useState<string | null>(null);
  if (track.isPending) return <Bone height={72} />;
  if (track.error) return <ErrorState error={track.error} onRetry={() => void track.refetch()} compact />;
  const roleName = (role: string) => label(blueprint.roles[role]?.label) || role;
  const leg = track.data.stages.find((one) => one.stage === opened);
  const stage = process.stages.find((one) => one.key === opened);
  return (
    <section className={styles["track"]}>
      <RelayTrack
        track={track.data}
        process={process}
        roleName={roleName}
        opened={opened}
        onOpen={(key) => setOpened((now) => (now === key ? null : key))}
      />
      {leg && stage && <LegDetails leg={leg} stage={stage} roleName={roleName} />}
    </section>
  );
}

type DetailsProps = { leg: Leg; stage: StageDef; roleName: (role: string) => string };

function LegDetails({ leg, stage, roleName }: DetailsProps) {
  const { t, label } = useText();
  return (
    <div className={styles["leg"]} aria-live="polite">
      <div>
        <h3>{t("record.duties")}</h3>
        {stage.role && (
          <p className="quiet">
            {roleName(stage.role)}
            {stage.backup ? ` · ${t("relay.backup", { who: roleName(stage.backup) })}` : ""}
          </p>
        )}
        <ul className={styles["bullets"]}>
          {stage.duties.map((duty) => (
            <li key={duty.zh}>{label(duty)}</li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{t("record.deliverables")}</h3>
        <ul className={styles["bullets"]}>
          {stage.deliverables.map((one) => (
            <li key={one.key}>
              {label(one.label)}
              {one.required && <span className="quiet"> {t("common.required")}</span>}
            </li>
          ))}
        </ul>
        {stage.deliverables.length === 0 && <p className="quiet">{t("common.none")}</p>}
      </div>
      <div>
        <h3>{t("record.carried")}</h3>
        <ul className={styles["spans"]}>
          {leg.spans.map((span) => (
            <li key={span.entered}>
              {span.holder ? <Person id={span.holder.id} name={span.holder.title} /> : t("relay.nobody")}
              <span className="quiet" title={exactTime(t, span.entered)}>
                <Time at={span.entered} /> · {workingTime(t, span.working_seconds)}
              </span>
              {span.returns > 0 && <Tag tone="red">{t("relay.returned", { count: span.returns })}</Tag>}
              {span.breached && <Tag tone="red">{t("record.breached")}</Tag>}
            </li>
          ))}
        </ul>
        {leg.spans.length === 0 && <p className="quiet">{t("record.notYet")}</p>}
      </div>
    </div>
  );
}
