export type Toast = {
  id: number;
  tone: "good" | "bad" | "plain";
  text: string;
  /** Takes the change back; stays within reach after the toast has gone, by a small button and Ctrl/⌘ Z. */
  undo?: () => void;
  stage: "shown" | "folded";
};

const SHOWN = 2_000;
const SHOWN_BAD = 6_000;
const FOLDED = 10_000;

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const timers = new Map<number, number>();

function set(changed: Toast[]): void {
  toasts = changed;
  for (const listener of listeners) listener();
}

function after(id: number, wait: number, then: () => void): void {
  window.clearTimeout(timers.get(id));
  timers.set(id, window.setTimeout(then, wait));
}

export function dismiss(id: number): void {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  set(toasts.filter((toast) => toast.id !== id));
}

function fold(id: number): void {
  set(toasts.map((toast) => (toast.id === id ? { ...toast, stage: "folded" } : toast)));
  after(id, FOLDED, () => dismiss(id));
}

export function hold(id: number): void {
  window.clearTimeout(timers.get(id));
}

export function release(toast: Toast): void {
  const wait = toast.tone === "bad" ? SHOWN_BAD : SHOWN;
  after(toast.id, wait, () => (toast.undo ? fold(toast.id) : dismiss(toast.id)));
}

/** Says in passing what happened. Never asks; offers to undo where it can. */
export function toast(text: string, options: { tone?: Toast["tone"]; undo?: () => void } = {}): void {
  const { tone = "plain", undo } = options;
  const one: Toast = { id: next++, tone, text, stage: "shown", ...(undo ? { undo } : {}) };
  // Only the latest change can be taken back by key, so an older folded one would mislead.
  set([...toasts.filter((other) => other.stage === "shown").slice(-2), one]);
  release(one);
}

export function undoLast(): boolean {
  const last = toasts.findLast((one) => one.undo);
  if (!last?.undo) return false;
  dismiss(last.id);
  last.undo();
  return true;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const snapshot = (): Toast[] => toasts;
