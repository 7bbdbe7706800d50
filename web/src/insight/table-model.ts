import type { Label } from "@/api";

import type { AnyDrill, FigureRow, Group, Metric, Unit, Value } from "./types";

/** A report as rows and columns: the same for the screen, for a file and for the table behind a chart. */
export type ReportTable = {
  /** What the rows are. */
  first: Label;
  columns: { key: string; label: Label; definition?: Label; unit: Unit }[];
  rows: TableLine[];
  total?: TableLine;
};

export type TableLine = {
  key: string;
  name: Label;
  marked?: boolean;
  cells: Record<string, TableCell>;
};

export type TableCell = { value: Value; drill?: AnyDrill | null | undefined };

const NONE = "+none";

export function groupName(group: Group, none: Label): Label {
  const title = group?.title;
  if (!group || title === null || title === undefined) return none;
  return typeof title === "string" ? { zh: title, en: title } : title;
}

export function lineOf(columns: Metric[], row: FigureRow, key: string, name: Label): TableLine {
  const cells = columns.map((column): [string, TableCell] => {
    const value = row[column.key];
    return [column.key, { value: isValue(value) ? value : null, drill: row.drill[column.key] }];
  });
  return { key, name, cells: Object.fromEntries(cells) };
}

function isValue(value: FigureRow[string]): value is Value {
  return value === null || typeof value === "number" || typeof value === "string";
}

type Grouped = { row: FigureRow; group: Group };
type Words = { first: Label; none: Label; total: Label };

/** A report by group, what belongs to none under its own name, the total below. */
export function groupedTable(columns: Metric[], rows: Grouped[], total: FigureRow, words: Words): ReportTable {
  return {
    first: words.first,
    columns,
    rows: rows.map(({ row, group }) => lineOf(columns, row, group?.id ?? NONE, groupName(group, words.none))),
    total: lineOf(columns, total, "+total", words.total),
  };
}
