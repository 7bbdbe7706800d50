import { lazy, Suspense, useState, type ReactNode } from "react";

import { isProblem, useWorkspace, type MoveDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { toast, useErrorText } from "@/ui";

import { useMove } from "./api";
import { converts } from "./moves";
import type { Missing } from "./types";
import { useMoved } from "./use-moved";

const GateSheet = lazy(() => import("./gate-sheet").then((m) => ({ default: m.GateSheet })));
const HandoverSheet = lazy(() => import("./handover-sheet").then((m) => ({ default: m.HandoverSheet })));
const ConvertSheet = lazy(() => import("./convert-sheet").then((m) => ({ default: m.ConvertSheet })));

type Asking =
  | { kind: "gate"; row: Row; to: string; missing?: Missing | undefined }
  | { kind: "handover"; row: Row; to?: string | undefined }
  | { kind: "convert"; row: Row };

/** A move as the definitions or as the server describes it; only the server knows what is missing. */
type Moving = Pick<MoveDef, "to" | "required"> & { handoff?: { role: string } | null; missing?: Missing };

export type Flow = {
  /** Makes a move, or asks what it still needs: a gate, somebody to hand to, or what a lead becomes. */
  go: (row: Row, move: Moving) => void;
  handOver: (row: Row, to?: string) => void;
  busy: boolean;
  /** What is being asked; stands outside of anything that listens to keys or is dragged. */
  sheet: ReactNode;
};

/** The one way a record is moved, from its page, the board or the home page: a refusal becomes the way to fix it. */
export function useFlow(object: string): Flow {
  const { label } = useText();
  const { process } = useWorkspace();
  const explain = useErrorText();
  const moving = useMove(object);
  const moved = useMoved();
  const [asking, setAsking] = useState<Asking | null>(null);
  const stageOf = (to: string) => process(object)?.stages.find((one) => one.key === to);

  const refused = (error: Error, row: Row, to: string) => {
    if (isProblem(error, "gate_not_met")) setAsking({ kind: "gate", row, to, missing: error.missing });
    else if (isProblem(error, "handoff_needed")) setAsking({ kind: "handover", row, to });
    else toast(explain(error), { tone: "bad" });
  };
  const move = (row: Row, to: string) => {
    moving.mutateAsync({ row, to }).then(
      ({ batch }) => moved(label(stageOf(to)?.label), batch),
      (error: Error) => refused(error, row, to),
    );
  };
  const go = (row: Row, wanted: Moving) => {
    const { to } = wanted;
    const kind = stageOf(to)?.kind;
    if (converts(object, kind)) setAsking({ kind: "convert", row });
    else if (wanted.handoff) setAsking({ kind: "handover", row, to });
    else if (asksFirst(wanted) || kind === "lost" || kind === "void") setAsking({ kind: "gate", row, to });
    else move(row, to);
  };
  return {
    go,
    handOver: (row, to) => setAsking({ kind: "handover", row, to }),
    busy: moving.isPending,
    sheet: asking && (
      <Suspense fallback={null}>
        <Asked object={object} asking={asking} onClose={() => setAsking(null)} />
      </Suspense>
    ),
  };
}

/** The move itself wants values, such as the reason for losing, or is known to be missing something. */
function asksFirst({ required, missing }: Moving): boolean {
  if (missing) return missing.fields.length + missing.deliverables.length > 0;
  return (required ?? []).length > 0;
}

function Asked({ object, asking, onClose }: { object: string; asking: Asking; onClose: () => void }) {
  const { row } = asking;
  if (asking.kind === "convert") return <ConvertSheet object={object} row={row} onClose={onClose} />;
  if (asking.kind === "handover") return <HandoverSheet object={object} id={row.id} to={asking.to} onClose={onClose} />;
  return <GateSheet step={{ object, row, to: asking.to }} refused={asking.missing} onClose={onClose} />;
}
