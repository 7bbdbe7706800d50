import { useEffect, type RefObject } from "react";

const STEPS: Record<string, number> = { j: 1, k: -1 };
const ARROWS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** `j` and `k` walk the rows from anywhere on the page, the arrows from within the list. The focus is on the row's
 * link, so Enter opens it. */
export function useWalk(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!list.current || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const within = list.current.contains(document.activeElement);
      const step = STEPS[event.key] ?? (within ? ARROWS[event.key] : undefined);
      if (step !== undefined && walk(list.current, step)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [list]);
}

/** Somebody types, or something lies over the page. */
function isBusy(target: EventTarget | null): boolean {
  if (target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")) return true;
  return document.querySelector("[role='dialog'], [role='menu']") !== null;
}

function walk(list: HTMLElement, step: number): boolean {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? rows[0] : rows[at + step];
  next?.querySelector<HTMLElement>("a")?.focus();
  next?.scrollIntoView?.({ block: "nearest" });
  return next !== undefined;
}
