import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { ProcessDef, StageDef } from "@/api/blueprint-types";
import type { Leg, Track } from "@/api/record-types";

import { RelayTrack } from "./relay-track";

function stage(key: string, zh: string, kind: StageDef["kind"] = "open"): StageDef {
  return { key, label: { zh, en: key }, kind, active: kind === "open", probability: 0, duties: [], deliverables: [], role: "sales" };
}

const PROCESS: ProcessDef = {
  key: "opportunity",
  object: "opportunity",
  label: { zh: "商机", en: "Opportunity" },
  stages: [stage("assign", "线索分配"), stage("quote", "报价"), stage("sign", "签约"), stage("won", "赢单", "won"), stage("lost", "输单", "lost")],
  moves: [],
  return_reasons: [],
};

const WANG = { id: "m1", title: "王芳" };
const LI = { id: "m2", title: "李雷" };

function leg(key: string, state: Leg["state"], more: Partial<Leg> = {}): Leg {
  return { stage: key, state, spans: [], role: "sales", backup_role: null, working_seconds: 0, ...more };
}

const TRACK: Track = {
  stages: [
    leg("assign", "done", {
      spans: [{ holder: WANG, entered: "2026-11-01T01:00:00Z", left: "2026-11-02T01:00:00Z", working_seconds: 12 * 3600, returns: 2 }],
      working_seconds: 12 * 3600,
    }),
    leg("quote", "current", {
      spans: [{ holder: LI, entered: "2026-11-02T01:00:00Z", left: null, working_seconds: 600, returns: 0 }],
    }),
    leg("sign", "coming"),
    leg("won", "coming"),
  ],
  holder: LI,
  backup: null,
  due: "2026-11-03T01:00:00Z",
  working_seconds_total: 0,
};

const roleName = () => "销售顾问";

test("each leg tells who ran it, who runs it and who will", () => {
  render(<RelayTrack track={TRACK} process={PROCESS} roleName={roleName} />);
  const legs = within(screen.getByRole("list", { name: "接力带" })).getAllByRole("listitem");
  expect(legs).toHaveLength(4);
  expect(legs[0]?.textContent).toContain("线索分配：已完成，王芳，1.5 天");
  expect(legs[0]?.textContent).toContain("退回 2 次");
  expect(legs[1]?.textContent).toContain("报价：进行中，李雷");
  expect(legs[2]?.textContent).toContain("签约：未开始，由销售顾问接棒");
});

test("the current leg is marked as the current step", () => {
  render(<RelayTrack track={TRACK} process={PROCESS} roleName={roleName} />);
  expect(document.querySelector("[aria-current=step]")?.textContent).toContain("报价");
});

test("a leg opens by a click", async () => {
  const onOpen = vi.fn();
  render(<RelayTrack track={TRACK} process={PROCESS} roleName={roleName} onOpen={onOpen} />);
  await userEvent.click(screen.getByRole("button", { name: /报价/ }));
  expect(onOpen).toHaveBeenCalledWith("quote");
});

test("a lost record shows where it was lost instead of the win it never reached", () => {
  const lost: Track = { ...TRACK, stages: [...TRACK.stages.slice(0, 1), leg("won", "coming"), leg("lost", "current")] };
  render(<RelayTrack track={lost} process={PROCESS} roleName={roleName} />);
  expect(screen.queryByText("赢单")).toBeNull();
  expect(screen.getByText("输单")).toBeTruthy();
});
