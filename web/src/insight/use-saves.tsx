import type { RefObject } from "react";

import { useText } from "@/i18n/use-text";
import { FileOutlined, TableOutlined, type MenuItem } from "@/ui";

import { csvOf, type Cell } from "./csv";
import { savePng, saveSvg } from "./picture";
import { saveFile } from "./save-file";
import type { ReportTable, TableLine } from "./table-model";
import type { Days, Unit, Value } from "./types";

type Chart = RefObject<SVGSVGElement | null>;
type Options = {
  name: string;
  period: Days;
  table: ReportTable | undefined;
  /** Where the report is drawn. */
  chart?: Chart | undefined;
};
type Saves = { items: MenuItem[]; onChoose: (key: string) => void };

/** How a report is taken along: as a table for Excel, and as a picture where it is drawn. */
export function useSaves({ name, period, table, chart }: Options): Saves | undefined {
  const { t, label } = useText();
  if (!table) return undefined;
  const items: MenuItem[] = [
    { key: "csv", label: t("insight.saveCsv"), icon: <TableOutlined aria-hidden="true" /> },
    ...(chart
      ? [
          { key: "png", label: t("insight.savePng"), icon: <FileOutlined aria-hidden="true" /> },
          { key: "svg", label: t("insight.saveSvg"), icon: <FileOutlined aria-hidden="true" /> },
        ]
      : []),
  ];
  const line = (one: TableLine): Cell[] => [
    label(one.name),
    ...table.columns.map((column) => plain(one.cells[column.key]?.value, column.unit)),
  ];
  const asFile = () => {
    const head = [label(table.first), ...table.columns.map((column) => headOf(label(column.label), column.unit, t("insight.hoursUnit")))];
    const lines = [...table.rows, ...(table.total ? [table.total] : [])].map(line);
    saveFile(`${name}.csv`, new Blob([csvOf([head, ...lines])], { type: "text/csv" }));
  };
  const picture = { name, caption: `${name} · ${t("insight.days", period)}` };
  const onChoose = (key: string) => {
    if (key === "csv") asFile();
    else if (chart?.current && key === "svg") saveSvg(chart.current, picture);
    else if (chart?.current) void savePng(chart.current, picture);
  };
  return { items, onChoose };
}

const SECONDS = 3600;

/** As a spreadsheet reckons with it: hours for times, percent as a number. */
function plain(value: Value | undefined, unit: Unit): Cell {
  if (value === null || value === undefined) return null;
  return unit === "duration" ? Math.round((Number(value) / SECONDS) * 100) / 100 : value;
}

function headOf(name: string, unit: Unit, hours: string): string {
  if (unit === "duration") return `${name} (${hours})`;
  return unit === "percent" ? `${name} (%)` : name;
}
