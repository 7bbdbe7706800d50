import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ArrowDownOutlined, ArrowUpOutlined, exactAmount, shortAmount, workingTime } from "@/ui";

import styles from "./reports.module.css";
import type { Change, Unit, Value } from "./types";

/** A number as people read it, by its unit. */
export function useNumber() {
  const { t, language } = useText();
  return (value: Value | undefined, unit: Unit): string => {
    if (value === null || value === undefined) return "–";
    if (unit === "money") return shortAmount(Number(value), language);
    if (unit === "percent") return percentText(Number(value));
    if (unit === "duration") return workingTime(t, Number(value), true);
    return Number(value).toLocaleString();
  };
}

/** Every digit, for hovering and for files. */
export function useExact() {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  return (value: Value | undefined, unit: Unit): string => {
    if (value === null || value === undefined) return "";
    if (unit === "money") return exactAmount(String(value), blueprint.currency);
    if (unit === "percent") return `${value}%`;
    if (unit === "duration") return t("insight.hoursExact", { n: (Number(value) / 3600).toFixed(1) });
    return String(value);
  };
}

export function percentText(value: number): string {
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)}%`;
}

/** The difference from before, said in points or in percent and coloured by whether it is good. */
export function ChangeText({ change, previous }: { change: Change | null; previous?: string | undefined }) {
  const { t } = useText();
  if (!change) return null;
  const tone = change.good === null ? "" : change.good ? styles["good"] : styles["bad"];
  const size = Math.abs(change.value);
  const text = t(change.unit === "points" ? "insight.points" : "insight.percentChange", {
    n: size >= 100 ? Math.round(size).toLocaleString() : String(Math.round(size * 10) / 10),
  });
  return (
    <span className={`${styles["change"]} ${tone}`} title={previous}>
      {change.value > 0 && <ArrowUpOutlined aria-label={t("insight.up")} />}
      {change.value < 0 && <ArrowDownOutlined aria-label={t("insight.down")} />} {text}
    </span>
  );
}
