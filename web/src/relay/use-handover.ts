import { useState } from "react";

import { asText, isEmpty, type ObjectDef, type ProcessDef, type Row, type Titled, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { toast } from "@/ui";

import { useMove, useOffer } from "./api";
import { fieldsMissing, labelOf, piecesMissing, sortMoves, suggested, wayOf } from "./moves";
import type { Deliverable, Move } from "./types";
import { useMoved } from "./use-moved";

export type Known = { def: ObjectDef; process: ProcessDef; row: Row; moves: Move[]; pieces: Deliverable[] };

/** The leg that means: the stage stays, only the holder changes. */
export const HERE = "";

/** What the hand-over sheet is being filled with, and what its two buttons do. */
export function useHandover(known: Known, to: string | undefined, onDone: () => void) {
  const { def, process, row, moves, pieces } = known;
  const { t, label } = useText();
  const moved = useMoved();
  const stage = asText(row["stage"]);
  const legs = sortMoves(process, stage, moves).filter((move) => move.handoff && move.allowed);
  const [leg, setLeg] = useState(() => to ?? firstLeg(process, stage, legs));
  const [people, setPeople] = useState<Record<string, Titled | null>>({});
  const [values, setValues] = useState<Values>({});
  const [message, setMessage] = useState("");
  const [due, setDue] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const offer = useOffer(def.key, row.id);
  const moving = useMove(def.key, row.id);
  const move = legs.find((one) => one.to === leg);
  const best = move?.handoff?.candidates && suggested(move.handoff.candidates, move.handoff.choose);
  const person = people[leg] ?? best ?? null;
  const missing = useMissing(process, stage, legs, leg);
  const wanted = pieces.filter((piece) => missing.pieces.includes(piece.key));
  const isOpen = (key: string) => isEmpty(key in values ? values[key] : row[key]);
  const complete = !missing.fields.some(isOpen) && wanted.every((piece) => piece.done);

  const send = () => {
    setTried(true);
    if (!person || !complete) return;
    const order = { to: person.id, stage: leg || undefined, message: message.trim(), due: due ?? undefined, values };
    offer.mutate(order, {
      onSuccess: () => {
        toast(t("relay.offered", { who: person.title }), { tone: "good" });
        onDone();
      },
    });
  };
  const carryOn = () => {
    setTried(true);
    if (!move || !complete) return;
    const reached = ({ batch }: { batch: string | null }) => {
      moved(label(labelOf(process, move.to)), batch);
      onDone();
    };
    moving.mutate({ row, to: move.to, values }, { onSuccess: reached });
  };
  return {
    legs, leg, setLeg, move, best, person, values, setValues, message, setMessage, due, setDue, tried, wanted,
    fields: missing.fields,
    choose: (one: Titled | null) => setPeople({ ...people, [leg]: one }),
    send, carryOn,
    busy: offer.isPending || moving.isPending,
    error: offer.error ?? moving.error,
  };
}

export type Handover = ReturnType<typeof useHandover>;

function firstLeg(process: ProcessDef, stage: string, legs: Move[]): string {
  return legs.find((one) => wayOf(process, stage, one.to) === "forward")?.to ?? HERE;
}

/** As it was when the leg was chosen first: what is being filled in must not vanish under the hand. */
function useMissing(process: ProcessDef, stage: string, legs: Move[], leg: string) {
  const [first] = useState(
    () =>
      new Map(
        legs.map(({ to, missing }) => [
          to,
          { fields: fieldsMissing(process, stage, missing), pieces: piecesMissing(process, stage, missing) },
        ]),
      ),
  );
  return first.get(leg) ?? { fields: [], pieces: [] };
}
