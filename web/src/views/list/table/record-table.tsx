import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties } from "react";

import type { Json, ObjectDef, Row } from "@/api";
import { canEdit, useFieldText } from "@/fields";
import { useText } from "@/i18n/use-text";
import { useOpened, usePanels } from "@/shell/panels";
import { usePreferences } from "@/ui";

import type { SelectionControl } from "../selection";
import { useCellSave } from "../use-cell-save";
import { columnsFor, leastWidth, template } from "./columns";
import { Header } from "./header";
import styles from "./table.module.css";
import { cellId, TableRow, type At } from "./table-row";
import { useTableKeys } from "./use-table-keys";

type Props = {
  def: ObjectDef;
  rows: Row[];
  columns: string[];
  sort: string[];
  onSort: (sort: string[]) => void;
  marks: SelectionControl;
  /** How many there are in all, where it is known. */
  total: number | undefined;
  more: boolean;
  onMore: () => void;
};

const AHEAD = 20;
const HEIGHTS = { comfortable: 36, compact: 28 };

/** A table of any length: only the rows on screen are drawn, the next page comes before it is needed. */
export function RecordTable({ def, rows, columns: keys, sort, onSort, marks, total, more, onMore }: Props) {
  const { t, label } = useText();
  const text = useFieldText();
  const { density } = usePreferences();
  const { openRecord } = usePanels();
  const opened = useOpened();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<At | null>(null);
  const [editing, setEditing] = useState(false);
  const { saveCell, pasteAt } = useCellSave(def);
  const named = keys.join();
  const columns = useMemo(() => columnsFor(def, named.split(",")), [def, named]);
  const height = HEIGHTS[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) onMore();
  }, [more, last, rows.length, onMore]);

  const edit = useCallback(
    (at: At) => {
      const field = columns[at.column]?.field;
      setActive(at);
      if (field && def.rights.update && canEdit(field)) setEditing(true);
    },
    [columns, def],
  );
  const move = (at: At) => {
    setActive(at);
    virtual.scrollToIndex(at.row);
    const row = rows[at.row];
    if (opened?.object === def.key && row && row.id !== opened.id) openRecord(def.key, row.id);
  };
  const activate = useCallback((at: At) => {
    setActive(at);
    setEditing(false);
  }, []);
  const endEdit = useCallback((next: "stay" | "down" | "right") => {
    setEditing(false);
    box.current?.focus({ preventScroll: true });
    if (next === "down") setActive((at) => at && { ...at, row: at.row + 1 });
    if (next === "right") setActive((at) => at && { ...at, column: at.column + 1 });
  }, []);
  const save = useCallback((row: Row, key: string, value: Json) => saveCell(row, { [key]: value }), [saveCell]);

  useTableKeys({
    rows: rows.length,
    columns: columns.length,
    active,
    editing,
    move,
    open: (at) => rows[at] && openRecord(def.key, rows[at].id),
    edit,
    mark: (at) => rows[at] && marks.toggle(rows[at].id, false),
    leave: () => {
      if (marks.selection.ids.size === 0) return false;
      marks.clear();
      return true;
    },
    paste: (text, at) => pasteAt(text, at, rows, columns),
    copy: (at) => {
      const field = columns[at.column]?.field;
      return field ? text(def.key, field, rows[at.row]?.[field.key]) : "";
    },
  });

  const style: CSSProperties & Record<`--${string}`, string> = {
    "--columns": template(columns, true),
    "--least": `${leastWidth(columns, true)}px`,
  };
  const marked = marks.selection.ids.size;
  return (
    <div
      ref={box}
      className={styles["box"]}
      style={style}
      role="grid"
      tabIndex={0}
      aria-label={label(def.plural ?? def.label)}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={active ? cellId(active) : undefined}
      aria-describedby="table-keys"
    >
      <span id="table-keys" className="unseen">
        {t("list.keys")}
      </span>
      <Header
        columns={columns}
        sort={sort}
        onSort={onSort}
        marked={marked === 0 ? "none" : marked < rows.length ? "some" : "all"}
        onMark={(all) => (all ? marks.markLoaded() : marks.clear())}
      />
      <div className={styles["rows"]} style={{ height: virtual.getTotalSize() }} role="rowgroup">
        {lines.map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <TableRow
              key={row.id}
              def={def}
              row={row}
              index={index}
              columns={columns}
              offset={start}
              marked={marks.selection.ids.has(row.id)}
              opened={opened?.object === def.key && opened.id === row.id}
              activeColumn={active?.row === index ? active.column : null}
              editing={editing && active?.row === index}
              onMark={marks.toggle}
              onActivate={activate}
              onEdit={edit}
              onSave={save}
              onEditEnd={endEdit}
            />
          );
        })}
      </div>
    </div>
  );
}
