import { isEmpty, sameJson, type Json, type Row, type Values } from "@/api";
import { canEdit, fieldType } from "@/fields";
import type { Language } from "@/i18n";

import type { Column } from "./columns";
import type { At } from "./table-row";

export type Pasted = {
  changes: { row: Row; values: Values; before: Values }[];
  /** Cells whose text is no value of their field, or that may not be written. */
  refused: number;
};

/** Rows and cells of a copied range; quoted cells may hold line breaks and tabs. */
export function parseRange(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? "";
    if (quoted && letter === '"' && body[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (letter === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (!quoted && (letter === "\t" || letter === "\n")) {
      rows.at(-1)?.push(cell);
      cell = "";
      if (letter === "\n") rows.push([]);
    } else cell += letter;
  }
  rows.at(-1)?.push(cell);
  return rows;
}

/** What pasting a range at a cell would change, before anything is written. */
export function plan(text: string, at: At, rows: Row[], columns: Column[], language: Language, object: string): Pasted {
  const result: Pasted = { changes: [], refused: 0 };
  for (const [down, line] of parseRange(text).entries()) {
    const row = rows[at.row + down];
    if (!row) break;
    const values: Values = {};
    for (const [right, written] of line.entries()) {
      const field = columns[at.column + right]?.field;
      if (!field) break;
      const read = valueOf(written, field, language, object);
      if (read === undefined) result.refused++;
      else if (!sameJson(read, row[field.key])) values[field.key] = read;
    }
    const changed = Object.keys(values);
    const before = Object.fromEntries(changed.map((key) => [key, row[key] ?? null]));
    if (changed.length > 0) result.changes.push({ row, values, before });
  }
  return result;
}

function valueOf(written: string, field: Column["field"], language: Language, object: string): Json | undefined {
  if (!canEdit(field)) return undefined;
  if (isEmpty(written.trim())) return field.required ? undefined : null;
  return fieldType(field).read?.(written, { field, language, object });
}
