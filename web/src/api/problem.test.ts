import { expect, test } from "vitest";

import { isProblem, Problem } from "./problem";

const GATE = new Problem(409, {
  type: "about:blank",
  status: 409,
  code: "gate_not_met",
  title: "还缺少必要内容",
  problems: [{ path: "values.amount", code: "required", text: "必填" }],
  missing: { fields: ["amount"], deliverables: ["solution"] },
});

test("a refusal speaks with the server's sentence", () => {
  expect(GATE.message).toBe("还缺少必要内容");
});

test("a problem is found at its field, with or without the prefix of the body", () => {
  expect(GATE.at("amount")).toBe("必填");
  expect(GATE.at("name")).toBeUndefined();
});

test("a gate names what it still waits for", () => {
  expect(GATE.missing).toEqual({ fields: ["amount"], deliverables: ["solution"] });
});

test("an answer that is no problem document still makes a problem", () => {
  const problem = new Problem(502, {});
  expect(problem.code).toBe("unknown");
  expect(problem.problems).toEqual([]);
});

test("the kind of a refusal is told by its code", () => {
  expect(isProblem(GATE, "gate_not_met")).toBe(true);
  expect(isProblem(GATE, "duplicate")).toBe(false);
  expect(isProblem(new Error("else"))).toBe(false);
});
