import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { dismiss, snapshot, toast, undoLast } from "./toast-store";
import { Toasts } from "./toasts";

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  for (const one of snapshot()) dismiss(one.id);
  vi.useRealTimers();
});

test("a success is gone after two seconds", () => {
  render(<Toasts />);
  act(() => toast("已保存", { tone: "good" }));
  expect(screen.getByText("已保存")).toBeTruthy();
  act(() => vi.advanceTimersByTime(2_000));
  expect(screen.queryByText("已保存")).toBeNull();
});

test("what can be undone leaves a small button for a while", () => {
  const undo = vi.fn();
  render(<Toasts />);
  act(() => toast("已删除", { tone: "good", undo }));
  act(() => vi.advanceTimersByTime(2_000));
  expect(screen.queryByText("已删除")).toBeNull();
  act(() => screen.getByRole("button", { name: /撤销/ }).click());
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByRole("button", { name: /撤销/ })).toBeNull();
});

test("the last change that can be undone is undone once", () => {
  const undo = vi.fn();
  act(() => toast("一", { undo }));
  act(() => toast("二"));
  expect(undoLast()).toBe(true);
  expect(undoLast()).toBe(false);
  expect(undo).toHaveBeenCalledOnce();
});
