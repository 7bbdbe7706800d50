import { memo } from "react";

import { asText, type Json, type ObjectDef, type Row } from "@/api";
import { FieldDisplay } from "@/fields";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Check } from "@/ui";
import { FieldEditor, type Move } from "@/views/field-editor";

import type { Column } from "./columns";
import styles from "./table.module.css";

export type At = { row: number; column: number };

export type RowProps = {
  def: ObjectDef;
  row: Row;
  index: number;
  columns: Column[];
  offset: number;
  marked: boolean;
  opened: boolean;
  /** Which cell of this row has the cursor, if one has. */
  activeColumn: number | null;
  editing: boolean;
  onMark: (id: string, stretch: boolean) => void;
  onActivate: (at: At) => void;
  onEdit: (at: At) => void;
  onSave: (row: Row, key: string, value: Json) => void;
  onEditEnd: (move: Move) => void;
};

export const TableRow = memo(function TableRow(props: RowProps) {
  const { row, index, columns, offset, marked, opened, activeColumn, onMark } = props;
  const { t } = useText();
  const tone = `${marked ? styles["marked"] : ""} ${opened ? styles["opened"] : ""} ${activeColumn === null ? "" : styles["activeRow"]}`;
  return (
    <div
      className={`${styles["row"]} ${tone}`}
      style={{ transform: `translateY(${offset}px)` }}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={marked}
    >
      <div className={styles["mark"]} role="gridcell" aria-colindex={1}>
        <Check
          checked={marked}
          onChange={(_, stretch) => onMark(row.id, stretch)}
          label={t("list.mark", { name: titleOf(props.def, row) })}
        />
      </div>
      {columns.map((column, at) => (
        <Cell key={column.field.key} {...props} column={column} at={at} active={activeColumn === at} />
      ))}
    </div>
  );
});

type CellProps = RowProps & { column: Column; at: number; active: boolean };

function Cell({ def, row, index, column, at, active, editing, onActivate, onEdit, onSave, onEditEnd }: CellProps) {
  const { field, title, align } = column;
  const place = { row: index, column: at };
  const open = active && editing;
  const className = [
    styles["cell"],
    title ? styles["sticky"] : "",
    align === "end" ? styles["end"] : "",
    active ? styles["active"] : "",
  ].join(" ");
  return (
    <div
      id={cellId(place)}
      className={className}
      role="gridcell"
      tabIndex={-1}
      aria-colindex={at + 2}
      onPointerDown={() => onActivate(place)}
      onDoubleClick={() => onEdit(place)}
    >
      {open ? (
        <FieldEditor
          className={styles["editor"]}
          object={def.key}
          field={field}
          row={row}
          onSave={(value) => onSave(row, field.key, value)}
          onEnd={onEditEnd}
        />
      ) : title ? (
        <RecordLink object={def.key} id={row.id} className={`${styles["name"]} cut`} tabIndex={-1}>
          {titleOf(def, row)}
        </RecordLink>
      ) : (
        <FieldDisplay object={def.key} field={field} value={row[field.key]} row={row} tight />
      )}
    </div>
  );
}

export function cellId(at: At): string {
  return `cell-${at.row}-${at.column}`;
}

export function titleOf(def: ObjectDef, row: Row): string {
  return asText(row[def.title]) || row.id;
}
