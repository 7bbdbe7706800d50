import { useNavigate } from "@tanstack/react-router";
import type { MouseEvent, RefObject } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { listOf } from "@/routes/search";

import { BAR, fits, frameOf, heightOf, rowsOf, type Frame, type Row } from "./funnel-shape";
import styles from "./funnel.module.css";
import { percentText, useNumber } from "./numbers";
import type { Drill, FunnelStage } from "./types";
import { useWidth } from "./use-width";

type Props = { stages: FunnelStage[]; name: string; chart: RefObject<SVGSVGElement | null> };

/** Bars from the first stage to the last, each with its number, what goes on to the next, and how long it takes. */
export function FunnelChart({ stages, name, chart }: Props) {
  const { box, width } = useWidth();
  const frame = frameOf(width);
  const rows = rowsOf(stages, frame);
  return (
    <div ref={box} className={styles["box"]}>
      <svg ref={chart} className={styles["chart"]} width={width} height={heightOf(rows.length, frame)} role="group" aria-label={name}>
        {rows.map((row) => row.slope && <path key={row.stage.stage} d={row.slope} className={styles["slope"]} />)}
        {rows.map((row) => (
          <StageRow key={row.stage.stage} row={row} frame={frame} />
        ))}
      </svg>
    </div>
  );
}

function StageRow({ row, frame }: { row: Row; frame: Frame }) {
  const { t, label } = useText();
  const number = useNumber();
  const { stage, x, y, bar } = row;
  const middle = y + BAR / 2;
  const count = number(stage.entered, "count");
  const inside = fits(count, bar);
  const name = label(stage.label);
  const time = stage.median_working_seconds === null ? "" : number(stage.median_working_seconds, "duration");
  return (
    <g className={stage.bottleneck ? styles["narrow"] : ""}>
      <StageName name={name} time={time && t("insight.median", { time })} row={row} frame={frame} />
      <DrillShape drill={stage.drill} label={t("insight.stageCount", { stage: name, n: count })}>
        <rect x={x} y={y} width={bar} height={BAR} rx={4} className={styles["bar"]} />
        <text
          x={inside ? x + bar / 2 : x + bar + 8}
          y={middle + 5}
          textAnchor={inside ? "middle" : "start"}
          className={inside ? styles["inside"] : styles["outside"]}
        >
          {count}
        </text>
      </DrillShape>
      {frame.end > 0 && stage.amount !== null && (
        <text x={frame.width} y={middle + 5} textAnchor="end" className={styles["amount"]}>
          {number(stage.amount, "money")}
        </text>
      )}
      {stage.conversion !== null && (
        <text
          x={frame.label + (frame.width - frame.label - frame.end) / 2}
          y={y + BAR + (frame.row - frame.above - BAR) / 2 + 5}
          textAnchor="middle"
          className={styles["conversion"]}
        >
          ↓ {percentText(stage.conversion)}
        </text>
      )}
    </g>
  );
}

type NameProps = { name: string; time: string; row: Row; frame: Frame };

/** Beside the bar in two lines, or above it in one. */
function StageName({ name, time, row, frame }: NameProps) {
  const middle = row.y + BAR / 2;
  if (frame.above > 0) {
    return (
      <>
        <text x={0} y={row.y - 6} className={styles["name"]}>
          {name}
        </text>
        <text x={frame.width} y={row.y - 6} textAnchor="end" className={styles["time"]}>
          {time}
        </text>
      </>
    );
  }
  return (
    <>
      <text x={0} y={middle - (time ? 3 : -4)} className={styles["name"]}>
        {name}
      </text>
      <text x={0} y={middle + 13} className={styles["time"]}>
        {time}
      </text>
    </>
  );
}

/** A part of the chart that is a link; a plain click stays within the page. */
function DrillShape({ drill, label, children }: { drill: Drill; label: string; children: React.ReactNode }) {
  const { ws, object } = useWorkspace();
  const navigate = useNavigate();
  const to = { to: "/w/$ws/o/$object" as const, params: { ws, object: drill.object }, search: listOf(drill.where, object(drill.object)) };
  const href = `/w/${ws}/o/${drill.object}?where=${encodeURIComponent(JSON.stringify(drill.where))}`;
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate(to);
  };
  return (
    <a href={href} onClick={open} aria-label={label} className={styles["link"]}>
      {children}
    </a>
  );
}
