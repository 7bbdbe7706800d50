import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Bone, EmptyState, ErrorState, Segmented, Select, WarningOutlined } from "@/ui";

import { useFunnel } from "./api";
import { DrillLink } from "./drill-link";
import { FunnelChart } from "./funnel-chart";
import { funnelTable } from "./funnel-table";
import styles from "./funnel.module.css";
import { MetricTable } from "./metric-table";
import { useNumber } from "./numbers";
import { ReportCard } from "./report-card";
import { ScopeTools } from "./scope-tools";
import type { Days, Funnel } from "./types";
import { useSaves } from "./use-saves";
import { useFunnelWords } from "./use-words";

const route = getRouteApi("/w/$ws/reports");

/** How far the records of the period came, and what holds them up. */
export function FunnelCard({ period }: { period: Days }) {
  const { t, label } = useText();
  const words = useFunnelWords();
  const { process: asked, department, owner } = route.useSearch();
  const { blueprint } = useWorkspace();
  // Without a known one the server takes the process that the dashboards are about.
  const process = asked && blueprint.processes[asked] ? asked : undefined;
  const [as, setAs] = useState<"chart" | "table">("chart");
  const chart = useRef<SVGSVGElement>(null);
  const funnel = useFunnel(process, period, { department, owner });
  const title = t("insight.funnel");
  const table = funnel.data && funnelTable(funnel.data, words);
  const saves = useSaves({ name: title, period, table, chart: as === "chart" ? chart : undefined });
  return (
    <ReportCard
      wide
      title={title}
      period={period}
      definition={label(funnel.data?.definition)}
      saves={saves}
      tools={
        <>
          <ProcessChoice value={funnel.data?.process} />
          <ScopeTools object={funnel.data?.object} />
          <Segmented<"chart" | "table">
            size="small"
            value={as}
            onChange={setAs}
            options={[
              { value: "chart", label: t("insight.chart") },
              { value: "table", label: t("insight.table") },
            ]}
          />
        </>
      }
    >
      {funnel.isPending ? (
        <FunnelSkeleton />
      ) : !funnel.data || !table ? (
        <ErrorState error={funnel.error} onRetry={() => void funnel.refetch()} compact />
      ) : funnel.data.stages.every((stage) => stage.entered === 0) ? (
        <EmptyState title={t("insight.nothing")} text={t("insight.nothingText")} compact />
      ) : as === "table" ? (
        <MetricTable table={table} name={title} />
      ) : (
        <>
          <FunnelChart stages={funnel.data.stages} name={title} chart={chart} />
          <Reason funnel={funnel.data} />
          <Ends funnel={funnel.data} />
        </>
      )}
    </ReportCard>
  );
}

const WIDTHS = ["100%", "92%", "74%", "60%", "48%", "40%", "32%"];

function FunnelSkeleton() {
  return (
    <div className={styles["skeleton"]}>
      {WIDTHS.map((width) => (
        <Bone key={width} width={width} height={30} />
      ))}
    </div>
  );
}

function ProcessChoice({ value }: { value: string | undefined }) {
  const { t, label } = useText();
  const { blueprint } = useWorkspace();
  const navigate = route.useNavigate();
  const processes = Object.values(blueprint.processes);
  if (processes.length < 2) return null;
  return (
    <Select
      size="small"
      value={value ?? null}
      onChange={(process: string | null) => process && void navigate({ search: (now) => ({ ...now, process }), replace: true })}
      aria-label={t("insight.process")}
      popupMatchSelectWidth={false}
      options={processes.map((one) => ({ value: one.key, label: label(one.label) }))}
    />
  );
}

function Reason({ funnel }: { funnel: Funnel }) {
  const { t, label } = useText();
  const narrow = funnel.stages.find((stage) => stage.bottleneck);
  if (!narrow) return null;
  return (
    <p className={styles["reason"]}>
      <WarningOutlined aria-hidden="true" />
      <span>{t("insight.bottleneck", { stage: label(narrow.label), reason: label(narrow.reason) })}</span>
    </p>
  );
}

/** Where records ended without a win. */
function Ends({ funnel }: { funnel: Funnel }) {
  const { label } = useText();
  const number = useNumber();
  const ends = funnel.ends.filter((end) => end.count > 0);
  if (ends.length === 0) return null;
  return (
    <p className={styles["ends"]}>
      {ends.map((end) => (
        <span key={end.stage}>
          {label(end.label)} <DrillLink drill={end.drill}>{number(end.count, "count")}</DrillLink>
          {end.amount !== null && <span className="quiet"> · {number(end.amount, "money")}</span>}
        </span>
      ))}
    </p>
  );
}
