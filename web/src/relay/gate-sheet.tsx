import { useState } from "react";

import { asText, isEmpty, isProblem, useRecord, useWorkspace, type ProcessDef, type Row, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, LineSkeleton, useErrorText } from "@/ui";
import { ConditionText } from "@/views/conditions/condition-text";

import { useDeliverables, useMove, useMoves } from "./api";
import { MissingParts } from "./missing-parts";
import { conditionFields, fieldsMissing, labelOf, moveBetween, piecesMissing } from "./moves";
import styles from "./relay.module.css";
import { Foot, Sheet } from "./sheet";
import type { Deliverable, Missing, Move, Step } from "./types";
import { useMoved } from "./use-moved";

type Props = {
  step: Step;
  /** What the server refused the move for; otherwise the sheet asks by itself. */
  refused?: Missing | undefined;
  onClose: () => void;
  onMoved?: ((row: Row) => void) | undefined;
};

/** A gate that is not met, turned into the few questions that open it; then the move goes on. */
export function GateSheet({ step, refused, onClose, onMoved }: Props) {
  const { object, row, to } = step;
  const { t, label } = useText();
  const { process } = useWorkspace();
  const record = useRecord(object, row.id);
  const moves = useMoves(object, row.id);
  const pieces = useDeliverables(object, row.id);
  const runs = process(object, asText(row["process"]) || undefined);
  const move = moves.data?.moves.find((one) => one.to === to);
  const parts = [record, moves, pieces];
  const failed = parts.find((one) => one.error && !one.data);
  const retry = () => {
    for (const part of parts) void part.refetch();
  };
  return (
    <Sheet title={runs ? titleOf(runs, asText(row["stage"]), to, t, label) : ""} onClose={onClose}>
      {failed && <ErrorState error={failed.error} onRetry={retry} />}
      {!failed && parts.some((one) => one.isPending) && <LineSkeleton lines={5} />}
      {moves.data && !move && <p>{t("relay.noSuchMove")}</p>}
      {runs && record.data && move && pieces.data && (
        <Questions
          object={object}
          row={record.data}
          process={runs}
          move={move}
          pieces={pieces.data.items}
          refused={refused}
          onClose={onClose}
          onMoved={onMoved}
        />
      )}
    </Sheet>
  );
}

type Texts = ReturnType<typeof useText>;

/** A way out is called as it is; any other move by where it leads. */
function titleOf(process: ProcessDef, from: string, to: string, t: Texts["t"], label: Texts["label"]): string {
  const stage = process.stages.find((one) => one.key === to);
  const ending = stage?.kind === "lost" || stage?.kind === "void";
  if (ending) return label(moveBetween(process, from, to)?.label ?? stage.label);
  return t("relay.moveTo", { stage: label(stage?.label) });
}

type QuestionProps = {
  object: string;
  row: Row;
  process: ProcessDef;
  move: Move;
  pieces: Deliverable[];
  refused: Missing | undefined;
  onClose: () => void;
  onMoved: ((row: Row) => void) | undefined;
};

function Questions({ object, row, process, move, pieces, refused, onClose, onMoved }: QuestionProps) {
  const { t, label } = useText();
  const explain = useErrorText();
  const moving = useMove(object, row.id);
  const moved = useMoved();
  const asked = useAsked(process, asText(row["stage"]), move, refused);
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const wanted = pieces.filter((piece) => asked.pieces.includes(piece.key));
  const open = asked.fields.filter((key) => isEmpty(key in values ? values[key] : row[key])).length + wanted.filter(isOpen).length;
  const stage = label(labelOf(process, move.to));
  const ending = move.kind === "lost" || move.kind === "void";
  const go = () => {
    setTried(true);
    if (open > 0) return;
    moving.mutate(
      { row, to: move.to, values },
      {
        onSuccess: ({ answer, batch }) => {
          moved(stage, batch);
          onMoved?.(answer);
          onClose();
        },
      },
    );
  };
  return (
    <>
      {asked.all > 0 && <p className={styles["lead"]}>{ending ? t("relay.endLead") : t("relay.gateLead", { stage, count: asked.all })}</p>}
      {asked.condition && (
        <p className={styles["condition"]}>
          {t("relay.gateCondition")} <ConditionText object={object} condition={asked.condition} />
        </p>
      )}
      <MissingParts
        object={object}
        row={row}
        fields={asked.fields}
        pieces={wanted}
        values={values}
        onChange={setValues}
        problem={isProblem(moving.error) ? moving.error : null}
        tried={tried}
      />
      {moving.error && (
        <p className={styles["problem"]} role="alert">
          {explain(moving.error)}
        </p>
      )}
      <Foot>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger={ending} onClick={go} loading={moving.isPending} disabled={tried && open > 0}>
          {ending ? label(move.label) : t("relay.moveTo", { stage })}
        </Button>
      </Foot>
    </>
  );
}

function isOpen(piece: Deliverable): boolean {
  return piece.kind === "file" ? (piece.files ?? []).length === 0 && !piece.done : !piece.done;
}

/** What was missing when the sheet opened stays on it, so that nothing vanishes while it is being filled in. */
function useAsked(process: ProcessDef, stage: string, move: Move, refused: Missing | undefined) {
  const [asked] = useState(() => {
    const missing = refused ?? move.missing;
    const named = fieldsMissing(process, stage, missing);
    const pieces = piecesMissing(process, stage, missing);
    const gate = process.stages.find((one) => one.key === stage)?.gate;
    // Refused with nothing missing: the condition of the gate does not hold.
    const condition = refused && named.length + pieces.length === 0 ? gate?.where : undefined;
    const fields = [...new Set([...named, ...conditionFields(condition)])];
    return { fields, pieces, condition, all: fields.length + pieces.length };
  });
  return asked;
}
