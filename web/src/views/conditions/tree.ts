import { ALWAYS, chips, isAll, isAlways, isAny, isLeaf, type Condition } from "@/api";

import { isComplete } from "./operators";

/** The tree without what is not finished yet, as the server should see it. */
export function finished(condition: Condition): Condition {
  if (isLeaf(condition)) return isComplete(condition) ? condition : ALWAYS;
  if (isAll(condition)) return group("all", condition.all);
  if (isAny(condition)) return group("any", condition.any);
  if ("not" in condition) {
    const inner = finished(condition.not);
    return isAlways(inner) ? ALWAYS : { not: inner };
  }
  return ALWAYS;
}

function group(kind: "all" | "any", parts: Condition[]): Condition {
  const left = parts.map(finished).filter((part) => !isAlways(part));
  if (left.length === 0) return ALWAYS;
  return kind === "all" ? { all: left } : { any: left };
}

/** The top conditions with one replaced; without a replacement it is removed. */
export function withChip(condition: Condition | undefined, index: number, next: Condition | null): Condition {
  const parts = chips(condition);
  const changed = next ? parts.with(index, next) : parts.toSpliced(index, 1);
  return changed.length === 0 ? ALWAYS : { all: changed };
}

export function withMore(condition: Condition | undefined, more: Condition): Condition {
  return { all: [...chips(condition), more] };
}

export function countLeaves(condition: Condition): number {
  if (isLeaf(condition)) return 1;
  if (isAll(condition)) return condition.all.reduce((sum, part) => sum + countLeaves(part), 0);
  if (isAny(condition)) return condition.any.reduce((sum, part) => sum + countLeaves(part), 0);
  return "not" in condition ? countLeaves(condition.not) : 0;
}
