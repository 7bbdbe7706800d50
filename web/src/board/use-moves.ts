import { useCallback } from "react";

import { asText, useWorkspace, type ObjectDef, type ProcessDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { mayTry, moveBetween, movesFrom, useFlow, useHandoffs } from "@/relay";
import type { MenuItem } from "@/ui";

import type { Waiting } from "./card-face";

/** Where a card may go, by the definitions; and the one way to send it there. */
export function useBoardMoves(def: ObjectDef, process: ProcessDef) {
  const { label } = useText();
  const { blueprint } = useWorkspace();
  const flow = useFlow(def.key);
  const me = blueprint.me;
  const mayGo = (row: Row, to: string) => {
    const move = moveBetween(process, asText(row["stage"]), to);
    return move !== undefined && mayTry(me, move, row);
  };
  const go = (row: Row, to: string) => {
    const move = moveBetween(process, asText(row["stage"]), to);
    if (move) flow.go(row, move);
  };
  const choices = useCallback(
    (row: Row): MenuItem[] => {
      const moves = movesFrom(process, asText(row["stage"])).filter((move) => mayTry(me, move, row));
      return moves.map((move) => {
        const stage = process.stages.find((one) => one.key === move.to);
        const ends = stage?.kind === "lost" || stage?.kind === "void";
        const named = { key: move.to, label: label(move.label ?? stage?.label), detail: label(stage?.label) };
        return ends ? { ...named, tone: "danger" as const } : named;
      });
    },
    [process, me, label],
  );
  return { mayGo, go, choices, sheet: flow.sheet };
}

/** The cards that wait for an answer, mine or that of whom I handed to. */
export function useWaiting(object: string): Map<string, Waiting> {
  const incoming = useHandoffs("in", ["offered"]);
  const outgoing = useHandoffs("out", ["offered"]);
  const found = new Map<string, Waiting>();
  for (const one of outgoing.data?.items ?? []) {
    if (one.object === object) found.set(one.record.id, { mine: false, who: one.to.title });
  }
  for (const one of incoming.data?.items ?? []) {
    if (one.object === object) found.set(one.record.id, { mine: true, who: one.to.title });
  }
  return found;
}
