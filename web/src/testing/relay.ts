import type { Blueprint, FieldDef, MoveDef, ObjectDef, ProcessDef, Row, StageDef } from "@/api";

import { makeBlueprint, makeObject } from "./workspace";

const both = (text: string) => ({ zh: text, en: text });

function field(key: string, type: string, more: Partial<FieldDef> = {}): FieldDef {
  return { key, type, label: both(key), access: "write", operators: ["eq"], ...more };
}

const REASONS = { options: [{ key: "price", label: both("too dear") }] };

/** An opportunity with just enough fields to be moved. */
export const deal: ObjectDef = makeObject("opportunity", {
  traits: ["owned", "staged"],
  fields: [
    field("name", "text", { required: true }),
    field("amount", "money"),
    field("loss_reason", "select", { options: REASONS }),
    field("needs", "long_text"),
    field("next_action", "text"),
    field("next_at", "datetime"),
    field("stage", "stage", { system: true }),
    field("stage_since", "datetime", { system: true }),
    field("stage_due", "datetime", { system: true }),
    field("holder", "person", { system: true }),
    field("outcome", "text", { system: true }),
    field("blocked", "text", { system: true }),
  ],
  columns: ["name", "amount"],
  card: { fields: ["amount"] },
});

function stage(key: string, more: Partial<StageDef> = {}): StageDef {
  return { key, label: both(key), kind: "open", active: true, role: "sales", probability: 0, duties: [], deliverables: [], ...more };
}

const MOVES: MoveDef[] = [
  { from: ["confirm"], to: "assess", label: both("ask an expert"), handoff: { role: "expert", choose: "person", due_hours: 8, clock: "working", automatic: false } },
  { from: ["confirm"], to: "quote", label: both("quote at once") },
  { from: ["quote"], to: "confirm", label: both("back to needs") },
  { from: ["quote"], to: "won", label: both("win") },
  { from: ["confirm", "quote"], to: "lost", label: both("lose"), required: ["loss_reason"] },
];

export const dealProcess: ProcessDef = {
  key: "opportunity",
  object: "opportunity",
  label: both("process"),
  stages: [
    stage("confirm", {
      probability: 30,
      deliverables: [
        { key: "needs", label: both("Needs"), kind: "field", field: "needs", required: true },
        { key: "confirmed", label: both("Needs confirmed"), kind: "check", required: true },
        { key: "minutes", label: both("Minutes"), kind: "file", required: false },
      ],
      gate: { required: ["amount"] },
    }),
    stage("assess", { probability: 50, role: "expert" }),
    stage("quote", { probability: 70 }),
    stage("won", { kind: "won", role: null }),
    stage("lost", { kind: "lost", role: null }),
  ],
  moves: MOVES,
  return_reasons: [{ key: "need_unclear", label: { zh: "需求不清", en: "Needs unclear" } }],
};

/** A workspace in which "me" sells. */
export function dealBlueprint(): Blueprint {
  const blueprint = makeBlueprint(deal);
  return {
    ...blueprint,
    me: { ...blueprint.me, roles: ["sales"] },
    processes: { opportunity: dealProcess },
    roles: { sales: { label: both("Sales") }, expert: { label: both("Expert") } },
  };
}

export function dealRow(id: string, at: string, more: Row | Omit<Row, "id"> = {}): Row {
  return {
    name: `Deal ${id}`,
    amount: { value: "1000.00" },
    stage: at,
    stage_since: "2026-11-20T01:00:00Z",
    stage_due: null,
    holder: { id: "me", title: "Wang" },
    outcome: "open",
    can: { update: true, transfer: true, move: true, handoff: true },
    ...more,
    id,
  };
}
