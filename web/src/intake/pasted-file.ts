import { parseRange } from "@/views/list/table/paste";

const NEEDS_QUOTES = /[",\n\r]/;

/** A copied range of cells as the file it might have been. Undefined when the text is no table with a header. */
export function pastedFile(text: string, name: string): File | undefined {
  const rows = parseRange(text).filter((row) => row.some((cell) => cell.trim() !== ""));
  if (rows.length < 2) return undefined;
  const lines = rows.map((row) => row.map(quoted).join(","));
  return new File([`\uFEFF${lines.join("\r\n")}\r\n`], name, { type: "text/csv" });
}

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
