import type { FunnelStage } from "./types";

export const BAR = 30;
const TOP = 8;
const LEAST_BAR = 3;
const NARROW = 560;

export type Frame = {
  width: number;
  /** Beside the bars; where there is no room the names stand above their bars. */
  label: number;
  above: number;
  /** For the amounts. */
  end: number;
  /** From one bar to the next. */
  row: number;
};

/** How the room is shared between names, bars and amounts. */
export function frameOf(width: number): Frame {
  return width < NARROW
    ? { width, label: 0, above: 20, end: 0, row: 78 }
    : { width, label: 128, above: 0, end: 110, row: 62 };
}

export type Row = {
  stage: FunnelStage;
  y: number;
  x: number;
  bar: number;
  /** The slope down to the next bar; none after the last. */
  slope: string | null;
};

/** Where each bar stands. The widest is the stage that most have reached. */
export function rowsOf(stages: FunnelStage[], frame: Frame): Row[] {
  const most = Math.max(1, ...stages.map((stage) => stage.entered));
  const room = Math.max(40, frame.width - frame.label - frame.end);
  const widths = stages.map((stage) => (stage.entered === 0 ? LEAST_BAR : Math.max(LEAST_BAR, (stage.entered / most) * room)));
  return stages.map((stage, at) => {
    const y = TOP + frame.above + at * frame.row;
    const bar = widths[at] ?? LEAST_BAR;
    const next = widths[at + 1];
    const x = frame.label + (room - bar) / 2;
    const nextX = next === undefined ? 0 : frame.label + (room - next) / 2;
    const slope =
      next === undefined
        ? null
        : `M${x} ${y + BAR} H${x + bar} L${nextX + next} ${y + frame.row} H${nextX} Z`;
    return { stage, y, x, bar, slope };
  });
}

export function heightOf(rows: number, frame: Frame): number {
  return TOP * 2 + frame.above + rows * frame.row - (frame.row - BAR);
}

/** A number fits into its bar or stands beside it. */
export function fits(text: string, bar: number): boolean {
  return bar > text.length * 8 + 16;
}
