import type { Json } from "./json";

/** The one tree of data that filters, views, gates and rules share. The empty tree holds always. */
export type Leaf = { field: string; op: string; value?: Json };
export type Condition =
  | { [never: string]: never }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | Leaf;

export const ALWAYS: Condition = {};

export function isLeaf(condition: Condition): condition is Leaf {
  return "field" in condition;
}

export function isAll(condition: Condition): condition is { all: Condition[] } {
  return "all" in condition;
}

export function isAny(condition: Condition): condition is { any: Condition[] } {
  return "any" in condition;
}

export function isAlways(condition: Condition | undefined): boolean {
  if (!condition) return true;
  if (isAll(condition)) return condition.all.every(isAlways);
  return Object.keys(condition).length === 0;
}

/** Both hold; the tree stays as flat as it was. */
export function both(...conditions: (Condition | undefined)[]): Condition {
  const parts = conditions.flatMap((condition) => {
    if (!condition || isAlways(condition)) return [];
    return isAll(condition) ? condition.all : [condition];
  });
  if (parts.length === 0) return ALWAYS;
  return parts.length === 1 && parts[0] ? parts[0] : { all: parts };
}

/** The top conditions one after another, as chips show them. */
export function chips(condition: Condition | undefined): Condition[] {
  if (!condition || isAlways(condition)) return [];
  return isAll(condition) ? condition.all : [condition];
}
