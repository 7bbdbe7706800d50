import { useEffect, useRef } from "react";

import type { At } from "./table-row";

export type TableKeys = {
  rows: number;
  columns: number;
  active: At | null;
  editing: boolean;
  move: (at: At) => void;
  open: (row: number) => void;
  edit: (at: At) => void;
  mark: (row: number) => void;
  /** True when there was something to leave: a selection, say. */
  leave: () => boolean;
  paste: (text: string, at: At) => void;
  copy: (at: At) => string;
};

/** j/k and arrows walk, Enter opens, F2 edits, x marks; copied cells can be pasted, also from a spreadsheet. */
export function useTableKeys(keys: TableKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isBusy(event.target) || event.defaultPrevented || latest.current.editing) return;
      if (press(event, latest.current)) event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      const { active, paste } = latest.current;
      const text = event.clipboardData?.getData("text/plain");
      if (isBusy(event.target) || !active || !text) return;
      event.preventDefault();
      paste(text, active);
    };
    const onCopy = (event: ClipboardEvent) => {
      const { active, copy } = latest.current;
      if (isBusy(event.target) || !active || String(window.getSelection()) !== "") return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", copy(active));
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("paste", onPaste);
    window.addEventListener("copy", onCopy);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("paste", onPaste);
      window.removeEventListener("copy", onCopy);
    };
  }, []);
}

const STEPS: Record<string, [rows: number, columns: number]> = {
  j: [1, 0],
  k: [-1, 0],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageDown: [15, 0],
  PageUp: [-15, 0],
};

function press(event: KeyboardEvent, keys: TableKeys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = STEPS[event.key];
  const { active } = keys;
  if (step) {
    if (keys.rows === 0) return false;
    keys.move(stepped(active, step, keys));
    return true;
  }
  if (event.key === "Escape") return keys.leave();
  if (!active || isControl(event.target)) return false;
  if (event.key === "Enter") keys.open(active.row);
  else if (event.key === "F2" || event.key === "e") keys.edit(active);
  else if (event.key === "x" || event.key === " ") keys.mark(active.row);
  else return false;
  return true;
}

function stepped(active: At | null, [rows, columns]: [number, number], keys: TableKeys): At {
  if (!active) return { row: 0, column: 0 };
  return {
    row: Math.min(keys.rows - 1, Math.max(0, active.row + rows)),
    column: Math.min(keys.columns - 1, Math.max(0, active.column + columns)),
  };
}

/** Somebody is typing, or something lies over the table that answers keys itself. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest("input:not([type=checkbox]), textarea, [contenteditable], [role=menu], .ant-modal, .ant-popover") !== null;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, input, [role=tab]") !== null;
}
