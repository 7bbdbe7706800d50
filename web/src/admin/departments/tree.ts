import { asText, type Row } from "@/api";
import { titledOf } from "@/fields";

export type Node = { row: Row; name: string; children: Node[]; depth: number };

/** Departments below the ones they belong to. One whose parent cannot be seen, or that is in a ring, stands on top. */
export function treeOf(rows: Row[]): Node[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const below = new Map<string, Row[]>();
  const tops: Row[] = [];
  for (const row of rows) {
    const parent = parentOf(row);
    if (parent && known.has(parent) && !inRing(row, known)) below.set(parent, [...(below.get(parent) ?? []), row]);
    else tops.push(row);
  }
  const nodeOf = (row: Row, depth: number): Node => ({
    row,
    name: asText(row["name"]),
    depth,
    children: (below.get(row.id) ?? []).map((child) => nodeOf(child, depth + 1)),
  });
  return tops.map((row) => nodeOf(row, 0));
}

export function parentOf(row: Row): string | undefined {
  return titledOf(row["parent"])?.id;
}

function inRing(row: Row, known: Map<string, Row>): boolean {
  const seen = new Set<string>();
  let at: string | undefined = parentOf(row);
  while (at !== undefined && !seen.has(at)) {
    if (at === row.id) return true;
    seen.add(at);
    const next = known.get(at);
    at = next && parentOf(next);
  }
  return false;
}

/** From top to bottom, as they are drawn; what is folded is left out. */
export function lines(nodes: Node[], folded: Set<string>): Node[] {
  return nodes.flatMap((node) => [node, ...(folded.has(node.row.id) ? [] : lines(node.children, folded))]);
}

/** How many people are in the department and all below it. */
export function totalOf(node: Node, own: Map<string, number>): number {
  return (own.get(node.row.id) ?? 0) + node.children.reduce((sum, child) => sum + totalOf(child, own), 0);
}
