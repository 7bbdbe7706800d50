import { asText, isEmpty, type Condition, type Label, type Me, type MoveDef, type ObjectDef, type ProcessDef, type Row } from "@/api";
import { titledOf } from "@/fields";

import type { Candidate, Missing, Move } from "./types";

export type Way = "next" | "forward" | "back" | "end";

/** Onwards first, then back, then the ways out. */
export function wayOf(process: ProcessDef, from: string, to: string): Exclude<Way, "next"> {
  const place = (key: string) => process.stages.findIndex((stage) => stage.key === key);
  const kind = process.stages.find((stage) => stage.key === to)?.kind;
  if (kind === "lost" || kind === "void") return "end";
  const closed = process.stages.find((stage) => stage.key === from)?.kind;
  if (closed === "lost" || closed === "void") return "back";
  return place(to) > place(from) ? "forward" : "back";
}

const ORDER = { forward: 0, back: 1, end: 2 };

export function sortMoves(process: ProcessDef, from: string, moves: Move[]): Move[] {
  const place = (key: string) => process.stages.findIndex((stage) => stage.key === key);
  return [...moves].sort(
    (a, b) => ORDER[wayOf(process, from, a.to)] - ORDER[wayOf(process, from, b.to)] || place(a.to) - place(b.to),
  );
}

/** The step that the record is meant to take: the first allowed one onwards, best without another pair of hands. */
export function nextMove(process: ProcessDef, from: string, moves: Move[]): Move | undefined {
  const onwards = sortMoves(process, from, moves).filter((move) => move.allowed && wayOf(process, from, move.to) === "forward");
  return onwards.find((move) => !move.handoff) ?? onwards[0];
}

export function movesFrom(process: ProcessDef, from: string): MoveDef[] {
  return process.moves.filter((move) => move.from.includes(from));
}

export function moveBetween(process: ProcessDef, from: string, to: string): MoveDef | undefined {
  return movesFrom(process, from).find((move) => move.to === to);
}

/** A move that hands over can be made alone by who has the receiving role as well. */
export function mayCarryOn(me: Me, move: { handoff?: { role: string } | null }): boolean {
  return !move.handoff || me.everything || me.roles.includes(move.handoff.role);
}

/** What the definitions say about who may try; the server has the last word. */
export function mayTry(me: Me, move: MoveDef, row: Row): boolean {
  if (me.everything || titledOf(row["holder"])?.id === me.member.id) return true;
  return !move.roles?.length || move.roles.some((role) => me.roles.includes(role));
}

/** A lead that is won becomes a customer and an opportunity, which has questions of its own. */
export function converts(object: string, kind: Move["kind"] | undefined): boolean {
  return object === "lead" && kind === "won";
}

export function labelOf(process: ProcessDef, to: string): Label | undefined {
  return process.stages.find((stage) => stage.key === to)?.label;
}

/** The fields a gate still waits for: named ones, and those whose deliverable is a field. */
export function fieldsMissing(process: ProcessDef, stage: string, missing: Missing): string[] {
  const deliverables = process.stages.find((one) => one.key === stage)?.deliverables ?? [];
  const filled = deliverables.filter((one) => one.kind === "field" && missing.deliverables.includes(one.key));
  return [...new Set([...missing.fields, ...filled.flatMap((one) => one.field ?? [])])];
}

/** Deliverables that are ticked or attached, not filled in. */
export function piecesMissing(process: ProcessDef, stage: string, missing: Missing): string[] {
  const deliverables = process.stages.find((one) => one.key === stage)?.deliverables ?? [];
  return deliverables.filter((one) => one.kind !== "field" && missing.deliverables.includes(one.key)).map((one) => one.key);
}

/** What a package of this record would hold: title, what the stage is about, then what a card and a list show. */
export function packageFields(def: ObjectDef, process: ProcessDef, row: Row): string[] {
  const stage = process.stages.find((one) => one.key === asText(row["stage"]));
  const named = [
    def.title,
    ...(stage?.gate?.required ?? []),
    ...(stage?.deliverables ?? []).flatMap((one) => one.field ?? []),
    ...def.card.fields,
    ...def.columns,
  ];
  const known = new Map(def.fields.map((field) => [field.key, field]));
  return [...new Set(named)].filter((key) => known.get(key) && !known.get(key)?.system && !isEmpty(row[key]));
}

/** The fields a condition compares, where they are the record's own. */
export function conditionFields(condition: Condition | undefined): string[] {
  if (!condition) return [];
  if ("field" in condition && typeof condition.field === "string") return condition.field.includes(".") ? [] : [condition.field];
  if ("all" in condition && Array.isArray(condition.all)) return [...new Set(condition.all.flatMap(conditionFields))];
  if ("any" in condition && Array.isArray(condition.any)) return [...new Set(condition.any.flatMap(conditionFields))];
  if ("not" in condition && condition.not) return conditionFields(condition.not);
  return [];
}

const PROMPT = 0.9;

/** Who answers in time and holds little; the owner before all where the move goes back to the owner. */
export function suggested(candidates: Candidate[], choose: string): Candidate | undefined {
  if (choose === "owner") {
    const owner = candidates.find((one) => one.owner);
    if (owner) return owner;
  }
  const prompt = candidates.filter((one) => one.on_time === null || one.on_time >= PROMPT);
  return [...(prompt.length > 0 ? prompt : candidates)].sort((a, b) => a.load - b.load)[0];
}
