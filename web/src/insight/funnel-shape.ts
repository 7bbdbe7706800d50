import type { FunnelStage } from "./types";

export const ROW = 62;
export const BAR = 30;
const TOP = 8;
const LEAST_BAR = 3;

export type Frame = { width: number; label: number; end: number };

/** How the width is shared: names on the left, amounts on the right, bars between. */
export function frameOf(width: number): Frame {
  const narrow = width < 560;
  return { width, label: narrow ? 84 : 128, end: narrow ? 0 : 110 };
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
    const y = TOP + at * ROW;
    const bar = widths[at] ?? LEAST_BAR;
    const next = widths[at + 1];
    const x = frame.label + (room - bar) / 2;
    const nextX = next === undefined ? 0 : frame.label + (room - next) / 2;
    const slope =
      next === undefined
        ? null
        : `M${x} ${y + BAR} H${x + bar} L${nextX + next} ${y + ROW} H${nextX} Z`;
    return { stage, y, x, bar, slope };
  });
}

export function heightOf(rows: number): number {
  return TOP * 2 + rows * ROW - (ROW - BAR);
}

/** A number fits into its bar or stands beside it. */
export function fits(text: string, bar: number): boolean {
  return bar > text.length * 8 + 16;
}
