import { useState } from "react";

import type { Condition } from "@/api";

export type Selection = {
  ids: ReadonlySet<string>;
  /** Every record of the condition is meant, not only those loaded. */
  all: boolean;
};

const NOTHING: Selection = { ids: new Set(), all: false };

/** Which rows are marked; with Shift a whole stretch. */
export function useSelection(order: string[]) {
  const [selection, setSelection] = useState(NOTHING);
  const [anchor, setAnchor] = useState<string | null>(null);
  const toggle = (id: string, stretch: boolean) => {
    const ids = new Set(selection.ids);
    const on = !ids.has(id);
    const group = stretch && anchor ? between(order, anchor, id) : [id];
    for (const one of group) {
      if (on) ids.add(one);
      else ids.delete(one);
    }
    setAnchor(id);
    setSelection({ ids, all: false });
  };
  return {
    selection,
    toggle,
    clear: () => setSelection(NOTHING),
    markLoaded: () => setSelection({ ids: new Set(order), all: false }),
    markAll: () => setSelection({ ids: new Set(order), all: true }),
  };
}

export type SelectionControl = ReturnType<typeof useSelection>;

function between(order: string[], from: string, to: string): string[] {
  const [low = 0, high = 0] = [order.indexOf(from), order.indexOf(to)].sort((a, b) => a - b);
  return order.slice(Math.max(0, low), high + 1);
}

/** What a batch is told about which records are meant. */
export function target(selection: Selection, where: Condition): { ids: string[] } | { where: Condition } {
  return selection.all ? { where } : { ids: [...selection.ids] };
}
