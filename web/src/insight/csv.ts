export type Cell = string | number | null | undefined;

const NEEDS_QUOTES = /[",\r\n]/;
/** A spreadsheet would run what begins like this. */
const FORMULA = /^[=+@\t\r]|^-(?![\d.]+$)/;

/** A table as a file that Excel opens with the right letters and runs nothing of. */
export function csvOf(rows: Cell[][]): string {
  return `\uFEFF${rows.map((row) => row.map(cellText).join(",")).join("\r\n")}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  const text = String(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
