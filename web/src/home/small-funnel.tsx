import { useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { useFunnel } from "@/insight/api";
import { DrillLink } from "@/insight/drill-link";
import { periodOf, todayIn } from "@/insight/period";
import type { FunnelStage } from "@/insight/types";
import { Bone, Tag } from "@/ui";

import styles from "./home.module.css";

const FULL = 100;
const LEAST = 2;

/** My own funnel of this quarter: how many came how far, and where it is narrow. */
export function SmallFunnel() {
  const { t } = useText();
  const { blueprint, process } = useWorkspace();
  const runs = process("opportunity") ?? Object.values(blueprint.processes)[0];
  const [period] = useState(() => periodOf({ period: "this_quarter" }, todayIn(blueprint.time_zone, new Date())));
  const funnel = useFunnel(runs?.key ?? "", period, { owner: blueprint.me.member.id });
  const stages = funnel.data?.stages ?? [];
  const most = Math.max(1, ...stages.map((one) => one.entered));
  if (!runs || funnel.error || (funnel.data && stages.every((one) => one.entered === 0))) return null;
  return (
    <section className={styles["block"]} aria-labelledby="funnel">
      <header className={styles["blockHead"]}>
        <h2 id="funnel">{t("home.funnel")}</h2>
        <span className="quiet">{t("home.thisQuarter")}</span>
      </header>
      {funnel.isPending ? <Bone height={120} /> : <ol className={styles["funnel"]}>{stages.map((one) => <Bar key={one.stage} stage={one} most={most} />)}</ol>}
    </section>
  );
}

function Bar({ stage, most }: { stage: FunnelStage; most: number }) {
  const { t, label } = useText();
  const name = label(stage.label);
  return (
    <li className={styles["bar"]}>
      <span className="cut" title={name}>
        {name}
      </span>
      <span className={styles["barRail"]} aria-hidden="true">
        <span className={styles["barFill"]} style={{ width: `${Math.max(LEAST, (stage.entered / most) * FULL)}%` }} />
      </span>
      <DrillLink drill={stage.drill} className={styles["barCount"]} label={`${name} ${stage.entered}`}>
        {stage.entered}
      </DrillLink>
      {stage.bottleneck && (
        <Tag tone="amber" title={label(stage.reason)}>
          {t("home.bottleneck")}
        </Tag>
      )}
    </li>
  );
}
