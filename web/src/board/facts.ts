import { asText, type Board, type BoardColumn, type FieldDef, type ObjectDef, type Row, type StageDef } from "@/api";

const RELAY = [
  "stage", "process", "stage_since", "stage_due", "holder", "owner", "outcome", "blocked", "next_action", "next_at", "score",
];

/** What a card is drawn from. */
export function cardColumns(def: ObjectDef): string[] {
  const wished = [def.title, def.card.subtitle ?? "", amountField(def)?.key ?? "", ...def.card.fields, ...RELAY];
  const known = new Set(def.fields.map((field) => field.key));
  return [...new Set(wished)].filter((key) => known.has(key));
}

/** What the server says of a stage; one that it does not name holds nothing. */
export function columnOf(board: Board, stage: StageDef): BoardColumn {
  return board.columns.find((one) => one.stage === stage.key) ?? { stage: stage.key, count: 0, sum: {}, items: [], next: null };
}

/** The money that a column adds up: the one people look at first. */
export function amountField(def: ObjectDef): FieldDef | undefined {
  const money = def.fields.filter((field) => field.type === "money");
  const looked = [...def.card.fields, ...def.columns];
  return money.find((field) => looked.includes(field.key)) ?? undefined;
}

export type Totals = { count: number; sum: number | null; weighted: number | null };

/** What stands at the head of a column. Won is worth all of it, so a weight is shown only while it is open. */
export function totalsOf(column: BoardColumn, stage: StageDef, amount: FieldDef | undefined): Totals {
  const text = amount ? column.sum[amount.key] : null;
  const sum = text === null || text === undefined ? null : Number(text);
  const open = stage.kind === "open" && stage.probability > 0;
  return { count: column.count, sum, weighted: sum !== null && open ? (sum * stage.probability) / 100 : null };
}

/** Where cards still move; the ends, and stages that nobody works in, are folded at first. */
export function isFolded(stage: StageDef): boolean {
  return stage.kind !== "open" && !stage.role;
}

/** How much of the time that a stage gives is used up; above 1 when it is over. */
export function shareUsed(row: Row, now: number): number | null {
  const since = Date.parse(asText(row["stage_since"]));
  const due = Date.parse(asText(row["stage_due"]));
  if (Number.isNaN(since) || Number.isNaN(due) || due <= since) return null;
  return Math.max(0, (now - since) / (due - since));
}

/** Only what stands in this column, each once: what was moved may still be in a page read before. */
export function inColumn(stage: string, ...pages: Row[][]): Row[] {
  const rows = new Map<string, Row>();
  for (const row of pages.flat()) if (row["stage"] === stage && !rows.has(row.id)) rows.set(row.id, row);
  return [...rows.values()];
}
