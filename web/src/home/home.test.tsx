import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { Blueprint } from "@/api";
import { dealBlueprint, dealRow } from "@/testing/relay";
import { fakeServer, refusal } from "@/testing/server";
import { inWorkspace, makeObject } from "@/testing/workspace";

import type { Home, Todo } from "./api";
import { HomePage } from "./home-page";
import { toneOf } from "./todo-row";

const server = fakeServer();

function todo(id: string, more: Partial<Todo> = {}): Todo {
  return {
    kind: "task", object: "task", record: { id, title: `Task ${id}` }, reason: { zh: `因为 ${id}`, en: `because ${id}` }, also: [],
    due: null, since: "2026-11-20T01:00:00Z", late: false, handoff: null, ...more,
  };
}

const NOTHING: Home = {
  todo: [], todo_count: 0, numbers: [],
  passed: { waiting: [], accepted: [], returned: [], expired: [], counts: { waiting: 0, accepted: 0, returned: 0, expired: 0 } },
};

function workspace(): Blueprint {
  const blueprint = dealBlueprint();
  return { ...blueprint, objects: { ...blueprint.objects, task: makeObject("task"), lead: makeObject("lead") } };
}

beforeEach(() => {
  server.current
    .on("GET /handoffs", { items: [] })
    .on("GET /insight/funnel", { stages: [] })
    .on("GET /objects/lead/records", { items: [{ id: "1" }], next: null });
});

function open(home: Home): void {
  server.current.on("GET /home", { ...home });
  render(inWorkspace(<HomePage />, workspace()));
}

const rows = () => within(screen.getByRole("region", { name: "现在要做" })).queryAllByRole("listitem");
const names = () => rows().map((row) => within(row).getByRole("link").textContent);

test("what to do stands in the order the server gives, each with its reason", async () => {
  open({ ...NOTHING, todo: [todo("b"), todo("a", { also: [{ zh: "还有", en: "also" }] })], todo_count: 2 });
  await screen.findByText("因为 b");
  expect(names()).toEqual(["Task b", "Task a"]);
  expect(within(rows()[1] ?? document.body).getByText("还有")).toBeDefined();
});

test("j and k walk the rows", async () => {
  open({ ...NOTHING, todo: [todo("a"), todo("b"), todo("c")], todo_count: 3 });
  await screen.findByText("因为 a");
  await userEvent.keyboard("jjk");
  expect(document.activeElement?.textContent).toBe("Task a");
});

test("a row leaves when its task is done", async () => {
  open({ ...NOTHING, todo: [todo("a"), todo("b")], todo_count: 2 });
  server.current.on("PATCH /objects/task/records/a", { id: "a", status: "done" });
  await screen.findByText("因为 a");
  await userEvent.click(within(rows()[0] ?? document.body).getByRole("button", { name: "完成" }));
  expect(names()).toEqual(["Task b"]);
  await waitFor(() => expect(server.current.sent("PATCH /objects/task/records/a")).toEqual([{ values: { status: "done" } }]));
});

test("a row comes back when the server does not let the task be done", async () => {
  open({ ...NOTHING, todo: [todo("a")], todo_count: 1 });
  server.current.on("PATCH /objects/task/records/a", refusal(403, "denied"));
  await screen.findByText("因为 a");
  await userEvent.click(within(rows()[0] ?? document.body).getByRole("button", { name: "完成" }));
  await waitFor(() => expect(names()).toEqual(["Task a"]));
});

test("a hand-off is accepted from its row", async () => {
  const [ann, me] = [{ id: "ann", title: "Ann" }, { id: "me", title: "Wang" }];
  const content = { fields: [], deliverables: [], files: [] };
  const handoff = {
    id: "h1", object: "opportunity", record: { id: "1", title: "Deal 1" }, from: ann, to: me, stage: "confirm", to_stage: "assess",
    state: "offered", offered_at: "2026-11-20T01:00:00Z", due: null, answered_at: null, reason: null, missing: [], message: null,
    automatic: false, package: content,
  };
  server.current.on("GET /handoffs", { items: [handoff] }).on("POST /handoffs/h1/accept", {}).on("GET /objects/opportunity/records/1", dealRow("1", "assess"));
  open({ ...NOTHING, todo: [todo("1", { kind: "handoff", object: "opportunity", handoff: "h1" })], todo_count: 1 });
  await userEvent.click(await screen.findByRole("button", { name: "接棒" }));
  await waitFor(() => expect(server.current.sent("POST /handoffs/h1/accept")).toEqual([{}]));
  await waitFor(() => expect(rows()).toEqual([]));
});

test("with nothing to do and nothing there, the first step is offered", async () => {
  server.current.on("GET /objects/lead/records", { items: [], next: null });
  open(NOTHING);
  expect(await screen.findByRole("button", { name: "导入lead" })).toBeDefined();
});

test("with all done, nobody is asked to begin", async () => {
  open(NOTHING);
  expect(await screen.findByText("现在没有要做的事")).toBeDefined();
  expect(screen.queryByRole("button", { name: "导入lead" })).toBeNull();
});

test("what is late is red, whatever it is", () => {
  expect(toneOf(todo("a"))).toBe("accent");
  expect(toneOf(todo("a", { late: true }))).toBe("red");
});

test("of many who are stuck the first eight are named, the others at a click", async () => {
  const people = Array.from({ length: 11 }, (_, n) => ({ member: { id: `${n}`, title: `Person ${n}` }, count: 11 - n, drills: [] }));
  const stages = [{ object: "opportunity", stage: "quote", label: { zh: "报价", en: "Quote" }, count: 3, drill: { object: "opportunity", where: {} } }];
  open({ ...NOTHING, team: { stuck: [], stuck_by: { count: 12, stages, people }, overloaded: [] } });
  expect(within(await screen.findByRole("group", { name: "按阶段" })).getByText("报价")).toBeDefined();
  const group = screen.getByRole("group", { name: "按人" });
  expect(within(group).getAllByText(/^Person/)).toHaveLength(8);
  await userEvent.click(within(group).getByRole("button", { name: "还有 3 个" }));
  expect(within(group).getAllByText(/^Person/)).toHaveLength(11);
});
