import type { Label } from "@/api";

import type { ReportTable, TableCell } from "./table-model";
import type { Funnel, FunnelStage } from "./types";

/** The words of the columns that are no metrics of the dictionary. */
export type FunnelWords = Record<"stage" | "amount" | "mean" | "now" | "lost", Label>;

const METRICS = ["conversion", "conversion_decided", "overall", "stage_time"];

/** The funnel in numbers. */
export function funnelTable(funnel: Funnel, words: FunnelWords): ReportTable {
  const metrics = new Map(funnel.columns.map((metric) => [metric.key, metric]));
  const entered = metrics.get("entered");
  return {
    first: words.stage,
    columns: [
      ...(entered ? [entered] : []),
      ...(funnel.amount === null ? [] : [{ key: "amount", label: words.amount, unit: "money" as const }]),
      ...METRICS.flatMap((key) => metrics.get(key) ?? []),
      { key: "mean", label: words.mean, unit: "duration" },
      { key: "now", label: words.now, unit: "count" },
      { key: "lost", label: words.lost, unit: "count" },
    ],
    rows: funnel.stages.map((stage) => ({
      key: stage.stage,
      name: stage.label,
      marked: stage.bottleneck,
      cells: cellsOf(stage),
    })),
  };
}

function cellsOf(stage: FunnelStage): Record<string, TableCell> {
  return {
    entered: { value: stage.entered, drill: stage.drill },
    amount: { value: stage.amount, drill: stage.drill },
    conversion: { value: stage.conversion },
    conversion_decided: { value: stage.conversion_decided },
    overall: { value: stage.overall },
    stage_time: { value: stage.median_working_seconds },
    mean: { value: stage.mean_working_seconds },
    now: { value: stage.now, drill: stage.drills.now },
    lost: { value: stage.lost, drill: stage.drills.lost },
  };
}
