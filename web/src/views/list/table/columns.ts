import type { FieldDef, ObjectDef } from "@/api";
import { fieldType } from "@/fields";

export type Column = { field: FieldDef; width: number; align: "start" | "end"; title: boolean };

const TITLE_WIDTH = 240;
export const MARK_WIDTH = 40;

export function columnsFor(def: ObjectDef, keys: string[]): Column[] {
  return keys.flatMap((key) => {
    const field = def.fields.find((one) => one.key === key);
    if (!field) return [];
    const title = key === def.title;
    const { width, align } = fieldType(field);
    return [{ field, title, align, width: title ? TITLE_WIDTH : width }];
  });
}

/** Fixed widths, with what is left over going to the title. */
export function template(columns: Column[], marked: boolean): string {
  const widths = columns.map(({ width, title }) => (title ? `minmax(${width}px, 1fr)` : `${width}px`));
  return [...(marked ? [`${MARK_WIDTH}px`] : []), ...widths].join(" ");
}

export function leastWidth(columns: Column[], marked: boolean): number {
  return columns.reduce((sum, { width }) => sum + width, marked ? MARK_WIDTH : 0);
}

/** Up, down, as it was: what a click on a header does next. */
export function nextSort(sort: string[], key: string, adding: boolean): string[] {
  const others = adding ? sort.filter((one) => bare(one) !== key) : [];
  const now = sort.find((one) => bare(one) === key);
  if (now === undefined) return [...others, key];
  return now.startsWith("-") ? others : [...others, `-${key}`];
}

export function bare(sort: string): string {
  return sort.startsWith("-") ? sort.slice(1) : sort;
}
