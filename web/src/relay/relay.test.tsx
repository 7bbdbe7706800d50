import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { JsonObject } from "@/api";
import { dealBlueprint, dealRow } from "@/testing/relay";
import { BATCH, refusal, fakeServer, type FakeServer } from "@/testing/server";
import { inWorkspace } from "@/testing/workspace";
import { undoLast } from "@/ui";

import { RelayActions } from "./actions";
import { RelayBanner } from "./banner";
import { inOrder } from "./handoffs-page";
import { ReturnSheet } from "./return-sheet";
import type { Handoff } from "./types";

const server = fakeServer();
const BASE = "/objects/opportunity/records/1";
const PIECES = [
  { key: "needs", label: { zh: "Needs", en: "Needs" }, kind: "field", field: "needs", required: true, done: false, by: null, at: null, files: [] },
  { key: "confirmed", label: { zh: "Needs confirmed", en: "Needs confirmed" }, kind: "check", field: null, required: true, done: false, by: null, at: null, files: [] },
];
const PEOPLE = [
  { id: "ann", title: "Ann", load: 6, on_time: 0.96, owner: false },
  { id: "bob", title: "Bob", load: 1, on_time: 0.95, owner: false },
];

function step(to: string, missing: JsonObject, more: JsonObject = {}): JsonObject {
  return { to, label: { zh: to, en: to }, kind: "open", forward: true, allowed: true, missing, required: [], handoff: null, ...more };
}

const COMPLETE = { fields: [], deliverables: [] };

/** A record in its first stage; ticks are kept. */
function serve(fake: FakeServer, moves: JsonObject[], row = dealRow("1", "confirm", { amount: null })) {
  let done = false;
  fake
    .on(`GET ${BASE}`, row)
    .on(`GET ${BASE}/moves`, { moves })
    .on(`GET ${BASE}/track`, { stages: [], holder: null, backup: null, due: null, working_seconds_total: 0, handoff: null })
    .on(`GET ${BASE}/files`, { items: [] })
    .on(`GET ${BASE}/deliverables`, () => ({ stage: "confirm", items: PIECES.map((one) => ({ ...one, done: one.kind === "check" && done })) }))
    .on(`PUT ${BASE}/deliverables/confirmed`, ({ body }) => {
      done = body["done"] === true;
      return {};
    })
    .on(`POST ${BASE}/move`, ({ body }) => ({ ...row, stage: body["to"] ?? "" }));
  return row;
}

test("a gate that is not met asks for exactly what is missing, and then the move goes on", async () => {
  const row = serve(server.current, [step("quote", { fields: ["amount"], deliverables: ["confirmed"] })]);
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: /^quote/ }));
  const sheet = await screen.findByRole("dialog");
  const amount = await within(sheet).findByLabelText("amount");
  expect(within(sheet).queryByLabelText("needs")).toBeNull();
  expect(within(sheet).getAllByRole("checkbox")).toHaveLength(1);
  const go = within(sheet).getByRole("button", { name: "移到「quote」" });
  await userEvent.click(go);
  expect(within(sheet).getByText("必填")).toBeDefined();
  expect(server.current.sent(`POST ${BASE}/move`)).toEqual([]);
  await userEvent.type(amount, "1200");
  await userEvent.click(within(sheet).getByLabelText("Needs confirmed"));
  await waitFor(() => expect(server.current.sent(`PUT ${BASE}/deliverables/confirmed`)).toEqual([{ done: true }]));
  await userEvent.click(within(sheet).getByRole("button", { name: "移到「quote」" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [sent] = server.current.sent(`POST ${BASE}/move`);
  expect(sent?.["to"]).toBe("quote");
  expect(JSON.stringify(sent?.["values"])).toContain("1200");
});

test("a move waits for what was ticked just before it", async () => {
  const row = serve(server.current, [step("quote", { fields: [], deliverables: ["confirmed"] })]);
  const order: string[] = [];
  let answer: () => void = () => undefined;
  server.current
    .on(`PUT ${BASE}/deliverables/confirmed`, async () => {
      await new Promise<void>((done) => {
        answer = done;
      });
      order.push("ticked");
      return {};
    })
    .on(`POST ${BASE}/move`, () => {
      order.push("moved");
      return { ...row, stage: "quote" };
    });
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: /^quote/ }));
  const sheet = await screen.findByRole("dialog");
  await userEvent.click(await within(sheet).findByLabelText("Needs confirmed"));
  await userEvent.click(within(sheet).getByRole("button", { name: "移到「quote」" }));
  expect(server.current.sent(`POST ${BASE}/move`)).toEqual([]);
  answer();
  await waitFor(() => expect(order).toEqual(["ticked", "moved"]));
});

test("a complete gate is passed without a question", async () => {
  const row = serve(server.current, [step("quote", COMPLETE)]);
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: /^quote/ }));
  await waitFor(() => expect(server.current.sent(`POST ${BASE}/move`)).toEqual([{ to: "quote" }]));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a move is taken back from its toast", async () => {
  const row = serve(server.current, [step("quote", COMPLETE)]);
  server.current.on(`POST /undo/${BATCH}`, { restored: 1, conflicts: [] });
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: /^quote/ }));
  await waitFor(() => expect(undoLast()).toBe(true));
  await waitFor(() => expect(server.current.sent(`POST /undo/${BATCH}`)).toEqual([{}]));
});

test("what the server refuses is asked, even when it seemed complete before", async () => {
  const row = serve(server.current, [step("quote", COMPLETE)]);
  server.current.on(`POST ${BASE}/move`, refusal(409, "gate_not_met", { missing: { fields: [], deliverables: ["confirmed"] } }));
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: /^quote/ }));
  expect(await within(await screen.findByRole("dialog")).findByLabelText("Needs confirmed")).toBeDefined();
});

test("losing asks for the reason before anything is sent", async () => {
  const lost = step("lost", { fields: ["loss_reason"], deliverables: [] }, { kind: "lost", forward: false, required: ["loss_reason"] });
  const row = serve(server.current, [step("quote", COMPLETE), lost]);
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: /推进阶段/ }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /lost/ }));
  expect(await within(await screen.findByRole("dialog")).findByLabelText("loss_reason")).toBeDefined();
  expect(server.current.sent(`POST ${BASE}/move`)).toEqual([]);
});

test("handing over suggests who has the least in hand and sends the package with a message", async () => {
  const handoff = { role: "expert", choose: "person", due_hours: 8, clock: "working", candidates: PEOPLE };
  const row = serve(server.current, [step("assess", { fields: ["needs"], deliverables: [] }, { handoff })]);
  server.current.on(`POST ${BASE}/handoffs`, {});
  render(inWorkspace(<RelayActions object="opportunity" record={row} />, dealBlueprint()));
  await userEvent.click(await screen.findByRole("button", { name: "交棒" }));
  const sheet = await screen.findByRole("dialog");
  const send = await within(sheet).findByRole("button", { name: "交给Bob" });
  await userEvent.click(send);
  expect(server.current.sent(`POST ${BASE}/handoffs`)).toEqual([]);
  await userEvent.type(await within(sheet).findByLabelText("needs"), "three plants");
  await userEvent.type(within(sheet).getByLabelText("留言"), "by Wednesday");
  await userEvent.click(within(sheet).getByRole("radio", { name: /Ann/ }));
  await userEvent.click(within(sheet).getByRole("button", { name: "交给Ann" }));
  await waitFor(() =>
    expect(server.current.sent(`POST ${BASE}/handoffs`)).toEqual([
      { to: "ann", stage: "assess", message: "by Wednesday", values: { needs: "three plants" } },
    ]),
  );
});

function handoff(id: string, more: Partial<Handoff> = {}): Handoff {
  const [ann, me] = [{ id: "ann", title: "Ann" }, { id: "me", title: "Wang" }];
  const content = { fields: [], deliverables: [{ key: "confirmed", label: { zh: "Needs confirmed", en: "" }, done: false }], files: [] };
  return {
    id, object: "opportunity", record: { id: "1", title: "Deal 1" }, from: ann, to: me, stage: "confirm", to_stage: "assess",
    state: "offered", offered_at: "2026-11-20T01:00:00Z", due: "2026-11-21T01:00:00Z", answered_at: null, reason: null, missing: [],
    message: "by Wednesday", automatic: false, package: content, ...more,
  };
}

test("the receiver returns a package with a reason from the list and what is missing ticked", async () => {
  const row = serve(server.current, []);
  const one = handoff("h1");
  server.current
    .on(`GET ${BASE}/track`, { stages: [], holder: null, backup: null, due: null, working_seconds_total: 0, handoff: one })
    .on("GET /handoffs", ({ query }) => ({ items: query.get("box") === "in" ? [one] : [] }))
    .on("POST /handoffs/h1/return", {});
  render(inWorkspace(<RelayBanner object="opportunity" record={row} />, dealBlueprint()));
  const banner = await screen.findByRole("region", { name: "等你接棒" });
  expect(within(banner).getByText("by Wednesday")).toBeDefined();
  await userEvent.click(within(banner).getByRole("button", { name: "退回" }));
  const sheet = await screen.findByRole("dialog");
  await userEvent.click(within(sheet).getByRole("button", { name: "退回" }));
  expect(within(sheet).getByText("请选一个原因")).toBeDefined();
  await userEvent.click(within(sheet).getByLabelText("需求不清"));
  await userEvent.click(within(sheet).getByLabelText("Needs confirmed"));
  await userEvent.click(within(sheet).getByRole("button", { name: "退回" }));
  await waitFor(() =>
    expect(server.current.sent("POST /handoffs/h1/return")).toEqual([{ reason: "need_unclear", missing: ["confirmed"], message: "" }]),
  );
});

test("the receiver may give a reason of their own", async () => {
  server.current.on("POST /handoffs/h1/return", {});
  render(inWorkspace(<ReturnSheet handoff={handoff("h1")} onClose={() => undefined} />, dealBlueprint()));
  await userEvent.click(await screen.findByLabelText("其他原因"));
  await userEvent.click(screen.getByRole("button", { name: "退回" }));
  expect(screen.getByText("请选一个原因")).toBeDefined();
  await userEvent.type(screen.getByLabelText("用一句话写明原因"), " 客户要换型号 ");
  await userEvent.click(screen.getByRole("button", { name: "退回" }));
  await waitFor(() =>
    expect(server.current.sent("POST /handoffs/h1/return")).toEqual([{ reason: "客户要换型号", missing: [], message: "" }]),
  );
});

test("the sender sees for whom it waits and can take it back", async () => {
  const row = serve(server.current, []);
  const sent = handoff("h1", { from: { id: "me", title: "Wang" }, to: { id: "ann", title: "Ann" } });
  server.current
    .on(`GET ${BASE}/track`, { stages: [], holder: null, backup: null, due: null, working_seconds_total: 0, handoff: sent })
    .on("GET /handoffs", ({ query }) => ({ items: query.get("box") === "out" ? [sent] : [] }))
    .on("POST /handoffs/h1/withdraw", {});
  render(inWorkspace(<RelayBanner object="opportunity" record={row} />, dealBlueprint()));
  const banner = await screen.findByRole("region", { name: "正在等Ann接棒" });
  await userEvent.click(await within(banner).findByRole("button", { name: "撤回" }));
  await waitFor(() => expect(server.current.sent("POST /handoffs/h1/withdraw")).toEqual([{}]));
});

test("what waits comes first by its deadline, then the newest answers, each once", () => {
  const items = [
    handoff("old", { state: "accepted", answered_at: "2026-11-01T00:00:00Z" }),
    handoff("new", { state: "returned", answered_at: "2026-11-09T00:00:00Z" }),
    handoff("later", { due: "2026-12-01T00:00:00Z" }),
    handoff("soon", { due: "2026-11-21T00:00:00Z" }),
    handoff("soon", { due: "2026-11-21T00:00:00Z" }),
  ];
  expect(inOrder(items).map((one) => one.id)).toEqual(["soon", "later", "new", "old"]);
});
