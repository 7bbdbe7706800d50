import { expect, test } from "vitest";

import { deal, dealProcess, dealRow } from "@/testing/relay";

import {
  conditionFields,
  fieldsMissing,
  mayCarryOn,
  mayTry,
  moveBetween,
  nextMove,
  packageFields,
  piecesMissing,
  sortMoves,
  suggested,
} from "./moves";
import type { Candidate, Move } from "./types";

const TO_ASSESS = { role: "expert", choose: "person", due_hours: 8, clock: "working" };

function move(to: string, more: Partial<Move> = {}): Move {
  const label = { zh: to, en: to };
  return { to, label, kind: "open", forward: true, allowed: true, missing: { fields: [], deliverables: [] }, required: [], ...more };
}

const ME = { member: { id: "me", title: "Wang" }, roles: ["sales"], department: null, rights: [], everything: false };

test("moves come onwards first, then back, then the ways out", () => {
  const sorted = sortMoves(dealProcess, "quote", [move("lost"), move("confirm"), move("won")]);
  expect(sorted.map((one) => one.to)).toEqual(["won", "confirm", "lost"]);
});

test("the next step is the one that needs no other hands", () => {
  const moves = [move("assess", { handoff: TO_ASSESS }), move("quote"), move("lost")];
  expect(nextMove(dealProcess, "confirm", moves)?.to).toBe("quote");
  expect(nextMove(dealProcess, "confirm", [moves[0] ?? move("assess"), move("quote", { allowed: false })])?.to).toBe("assess");
});

test("what a gate lacks is split into fields to fill and pieces to deliver", () => {
  const missing = { fields: ["amount"], deliverables: ["needs", "confirmed"] };
  expect(fieldsMissing(dealProcess, "confirm", missing)).toEqual(["amount", "needs"]);
  expect(piecesMissing(dealProcess, "confirm", missing)).toEqual(["confirmed"]);
});

test("a move that hands over is made alone only with the receiving role", () => {
  expect(mayCarryOn(ME, move("assess", { handoff: TO_ASSESS }))).toBe(false);
  expect(mayCarryOn({ ...ME, roles: ["expert"] }, move("assess", { handoff: TO_ASSESS }))).toBe(true);
  expect(mayCarryOn(ME, move("quote"))).toBe(true);
});

test("who neither holds a record nor has a named role may not try its move", () => {
  const named = { from: ["confirm"], to: "quote", roles: ["manager"] };
  expect(mayTry(ME, named, dealRow("1", "confirm"))).toBe(true);
  expect(mayTry(ME, named, dealRow("1", "confirm", { holder: { id: "you", title: "Li" } }))).toBe(false);
  expect(moveBetween(dealProcess, "confirm", "won")).toBeUndefined();
});

function candidate(id: string, load: number, on_time: number | null, owner = false): Candidate {
  return { id, title: id, load, on_time, owner };
}

test("the one with the fewest in hand who answers in time is suggested", () => {
  expect(suggested([candidate("busy", 9, 1), candidate("late", 0, 0.5), candidate("free", 2, 0.95)], "person")?.id).toBe("free");
  expect(suggested([candidate("late", 3, 0.5), candidate("later", 1, 0.2)], "person")?.id).toBe("later");
});

test("a leg that goes back to the owner suggests the owner", () => {
  expect(suggested([candidate("free", 0, 1), candidate("own", 9, 0.1, true)], "owner")?.id).toBe("own");
});

test("a package holds what the stage is about and has a value", () => {
  expect(packageFields(deal, dealProcess, dealRow("1", "confirm", { needs: null }))).toEqual(["name", "amount"]);
});

test("the fields of a condition are those of the record itself", () => {
  const tree = { all: [{ field: "feasibility", op: "ne", value: "no" }, { any: [{ field: "account.level", op: "eq", value: "a" }, { not: { field: "needs", op: "empty" } }] }] };
  expect(conditionFields(tree)).toEqual(["feasibility", "needs"]);
});
