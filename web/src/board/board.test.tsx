import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import type { Json } from "@/api";
import { deal, dealBlueprint, dealRow } from "@/testing/relay";
import { fakeServer, refusal } from "@/testing/server";
import { inWorkspace } from "@/testing/workspace";

import { Board } from "./board";

const server = fakeServer();
const MOVE = "POST /objects/opportunity/records/1/move";

// Nothing is laid out here; without a height no card would be in sight.
beforeAll(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(800);
});
afterAll(() => vi.restoreAllMocks());

/** What the board is told; a move that the server accepts changes it. */
let stages: Record<string, string>;

beforeEach(() => {
  stages = { 1: "confirm", 2: "confirm", 3: "quote" };
  server.current
    .on("GET /objects/opportunity/board", () => ({ columns: ["confirm", "assess", "quote", "won", "lost"].map(columnOf) }))
    .on("POST /objects/opportunity/aggregate", { rows: [{ group: ["quote"], values: [2] }] })
    .on("GET /handoffs", { items: [] })
    .on(MOVE, ({ body }) => {
      stages["1"] = String(body["to"]);
      return dealRow("1", stages["1"]);
    });
});

function columnOf(stage: string): Json {
  const items = Object.keys(stages).filter((id) => stages[id] === stage).map((id) => dealRow(id, stage));
  return { stage, count: items.length, sum: { amount: `${items.length}000.00` }, items, next: null };
}

async function shown(): Promise<void> {
  render(inWorkspace(<Board def={deal} where={{}} empty={<p>nothing</p>} />, dealBlueprint()));
  await screen.findByRole("group", { name: "Deal 1" });
}

const column = (stage: string) => screen.getByRole("region", { name: stage });
const cardsIn = (stage: string) => within(column(stage)).queryAllByRole("group").map((card) => card.getAttribute("aria-label"));
const pause = async (): Promise<void> => {
  await act(() => new Promise((done) => setTimeout(done, 20)));
};

/** Lifts the card, goes so many columns to the right that take it, and drops it. */
async function carry(name: string, keys: string[]): Promise<void> {
  const card = screen.getByRole("group", { name });
  card.focus();
  fireEvent.keyDown(card, { code: "Space" });
  const press = async (before: Promise<void>, code: string) => {
    await before;
    fireEvent.keyDown(document, { code });
    await pause();
  };
  await [...keys, "Space"].reduce(press, pause());
}

test("each stage is a column with its count, and ends where nobody works are folded", async () => {
  await shown();
  expect(cardsIn("confirm")).toEqual(["Deal 1", "Deal 2"]);
  expect(within(column("confirm")).getByRole("button", { name: /confirm 2/ })).toBeDefined();
  expect(within(column("lost")).getByRole("button", { expanded: false })).toBeDefined();
  expect(await within(column("quote")).findByText("超时 2")).toBeDefined();
});

test("a card is moved by keys, over the columns that do not take it", async () => {
  await shown();
  // The expert's column comes first, then the quote.
  await carry("Deal 1", ["ArrowRight", "ArrowRight"]);
  await waitFor(() => expect(cardsIn("quote")).toEqual(["Deal 1", "Deal 3"]));
  expect(server.current.sent(MOVE)).toEqual([{ to: "quote" }]);
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Deal 1"));
});

test("a card stands in its new column before the server has answered, and goes back when it says no", async () => {
  await shown();
  let refuse: () => void = () => undefined;
  const waiting = new Promise<void>((done) => {
    refuse = done;
  });
  server.current.on(MOVE, async () => {
    await waiting;
    return refusal(403, "denied", { title: "只有持棒人可以推进" });
  });
  await carry("Deal 1", ["ArrowRight", "ArrowRight"]);
  await waitFor(() => expect(cardsIn("quote")).toEqual(["Deal 1", "Deal 3"]));
  expect(cardsIn("confirm")).toEqual(["Deal 2"]);
  refuse();
  await waitFor(() => expect(cardsIn("confirm")).toEqual(["Deal 1", "Deal 2"]));
  expect(cardsIn("quote")).toEqual(["Deal 3"]);
});

test("a gate that is not met takes the card back and asks what it needs", async () => {
  server.current
    .on(MOVE, refusal(409, "gate_not_met", { missing: { fields: ["amount"], deliverables: [] } }))
    .on("GET /objects/opportunity/records/1", dealRow("1", "confirm", { amount: null }))
    .on("GET /objects/opportunity/records/1/moves", {
      moves: [{ to: "quote", label: { zh: "quote", en: "" }, kind: "open", forward: true, allowed: true, missing: { fields: ["amount"], deliverables: [] }, required: [], handoff: null }],
    })
    .on("GET /objects/opportunity/records/1/deliverables", { stage: "confirm", items: [] });
  await shown();
  await carry("Deal 1", ["ArrowRight", "ArrowRight"]);
  const sheet = await screen.findByRole("dialog", { name: "移到「quote」" });
  expect(await within(sheet).findByLabelText("amount")).toBeDefined();
  expect(cardsIn("confirm")).toEqual(["Deal 1", "Deal 2"]);
});

test("dropping where somebody else runs on opens the hand-over and moves nothing yet", async () => {
  await shown();
  await carry("Deal 1", ["ArrowRight"]);
  expect(await screen.findByRole("dialog", { name: "交棒" })).toBeDefined();
  expect(server.current.sent(MOVE)).toEqual([]);
  expect(cardsIn("confirm")).toEqual(["Deal 1", "Deal 2"]);
});

test("Escape leaves the card where it was", async () => {
  await shown();
  const card = screen.getByRole("group", { name: "Deal 1" });
  fireEvent.keyDown(card, { code: "Space" });
  await pause();
  fireEvent.keyDown(document, { code: "Escape" });
  await pause();
  expect(server.current.sent(MOVE)).toEqual([]);
});

test("the menu of a card offers its moves", async () => {
  await shown();
  screen.getByRole("group", { name: "Deal 1" }).focus();
  await userEvent.keyboard("m");
  const offered = await screen.findAllByRole("menuitem");
  expect(offered.map((one) => one.textContent)).toEqual(["ask an expertassess", "quote at oncequote", "loselost"]);
});

test("arrows walk from card to card and column to column", async () => {
  await shown();
  screen.getByRole("group", { name: "Deal 1" }).focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Deal 2");
  await userEvent.keyboard("{ArrowRight}");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Deal 3");
});

test("a board without any records says what the list would", async () => {
  stages = {};
  render(inWorkspace(<Board def={deal} where={{}} empty={<p>nothing</p>} />, dealBlueprint()));
  expect(await screen.findByText("nothing")).toBeDefined();
});
