import { useState } from "react";

import { useWorkspace, type Row } from "@/api";
import { FieldDisplay, canEdit } from "@/fields";
import { useText } from "@/i18n/use-text";
import { CheckOutlined, ErrorState, LineSkeleton } from "@/ui";
import { FieldEditor } from "@/views/field-editor";
import { useFieldSave } from "@/views/record/use-field-save";

import { useDeliverables } from "./api";
import { FileDrop } from "./file-drop";
import { Tick } from "./missing-parts";
import { Part } from "./part";
import { PieceName } from "./piece-name";
import styles from "./relay.module.css";
import type { Deliverable } from "./types";

type Props = { object: string; record: Row };

/** What the stage must produce: ticked, attached or filled in where it stands. */
export function Deliverables({ object, record }: Props) {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const pieces = useDeliverables(object, record.id);
  const holder = record["holder"];
  const mine = typeof holder === "object" && holder !== null && !Array.isArray(holder) && holder["id"] === blueprint.me.member.id;
  const may = Boolean(record.can?.update) || mine;
  const items = pieces.data?.items ?? [];
  const done = items.filter((one) => one.done).length;
  if (pieces.data && items.length === 0) return null;
  return (
    <Part level={2} title={t("relay.deliverables")} tools={items.length > 0 && <span className="quiet">{`${done} / ${items.length}`}</span>}>
      {pieces.isPending && <LineSkeleton lines={3} />}
      {pieces.error && <ErrorState error={pieces.error} onRetry={() => void pieces.refetch()} compact />}
      <ul className={styles["pieces"]}>
        {items.map((piece) => (
          <li key={piece.key}>
            <Piece object={object} record={record} piece={piece} may={may} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

type PieceProps = Props & { piece: Deliverable; may: boolean };

function Piece({ object, record, piece, may }: PieceProps) {
  if (piece.kind === "field") return <FieldPiece object={object} record={record} piece={piece} may={may} />;
  if (piece.kind === "check") return <Tick object={object} id={record.id} piece={piece} disabled={!may} />;
  return (
    <FileDrop object={object} id={record.id} piece={piece} disabled={!may} />
  );
}

/** A deliverable that is a field of the record. */
function FieldPiece({ object, record, piece, may }: PieceProps) {
  const { t, label } = useText();
  const { object: find } = useWorkspace();
  const [editing, setEditing] = useState(false);
  const def = find(object);
  const field = def?.fields.find((one) => one.key === piece.field);
  if (!def || !field) return <span>{label(piece.label)}</span>;
  return (
    <div className={styles["fieldPiece"]}>
      <span className={styles["pieceName"]}>
        <span className={piece.done ? styles["doneMark"] : styles["openMark"]} aria-hidden="true">
          {piece.done && <CheckOutlined aria-hidden="true" />}
        </span>
        <PieceName piece={piece} />
      </span>
      {editing ? (
        <Edit def={def} record={record} name={field.key} onEnd={() => setEditing(false)} />
      ) : (
        <span className={styles["pieceValue"]}>
          <FieldDisplay object={object} field={field} value={record[field.key]} row={record} />
          {may && canEdit(field) && (
            <button type="button" className={styles["inline"]} onClick={() => setEditing(true)}>
              {t(piece.done ? "common.edit" : "relay.fillIn")}
              <span className="unseen"> {label(field.label)}</span>
            </button>
          )}
        </span>
      )}
    </div>
  );
}

type EditProps = { def: NonNullable<ReturnType<ReturnType<typeof useWorkspace>["object"]>>; record: Row; name: string; onEnd: () => void };

function Edit({ def, record, name, onEnd }: EditProps) {
  const { saveField } = useFieldSave(def, record);
  const field = def.fields.find((one) => one.key === name);
  if (!field) return null;
  return <FieldEditor object={def.key} field={field} row={record} onSave={(value) => saveField(name, value)} onEnd={onEnd} />;
}
