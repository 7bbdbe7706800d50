import { useState, type ReactNode } from "react";

import type { Condition, ObjectDef, Row } from "@/api";
import { isTagField } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Button, CloseOutlined, DeleteOutlined, DownloadOutlined, EditOutlined, Pop, SwapOutlined, TagsOutlined } from "@/ui";

import { ChangeForm, DeleteForm, TagForm, TransferForm } from "./bulk-actions";
import { ExportDialog } from "./export-dialog";
import styles from "./list.module.css";
import { target, type SelectionControl } from "./selection";

type Props = {
  def: ObjectDef;
  marks: SelectionControl;
  rows: Row[];
  where: Condition;
  columns: string[];
  total: number | undefined;
};

/** Comes from below as soon as something is marked. */
export function SelectionBar({ def, marks, rows, where, columns, total }: Props) {
  const { t } = useText();
  const [exporting, setExporting] = useState(false);
  const { selection, clear, markAll } = marks;
  const marked = rows.filter((row) => selection.ids.has(row.id));
  const n = selection.all ? (total ?? selection.ids.size) : selection.ids.size;
  const to = target(selection, where);
  const { rights } = def;
  const canTag = rights.update && !selection.all && def.fields.some(isTagField);
  return (
    <section className={styles["selection"]} aria-label={t("list.selected", { count: n })}>
      <strong aria-live="polite">{t("list.selected", { count: n })}</strong>
      {!selection.all && total !== undefined && total > rows.length && selection.ids.size === rows.length && (
        <Button size="small" type="link" onClick={markAll}>
          {t("list.selectAll", { n: total.toLocaleString() })}
        </Button>
      )}
      {rights.transfer && (
        <Action name={t("list.transfer")} icon={<SwapOutlined />}>
          {(close) => <TransferForm def={def} target={to} onDone={() => (close(), clear())} />}
        </Action>
      )}
      {rights.update && (
        <Action name={t("list.change")} icon={<EditOutlined />}>
          {(close) => <ChangeForm def={def} target={to} onDone={() => (close(), clear())} />}
        </Action>
      )}
      {canTag && (
        <Action name={t("list.tag")} icon={<TagsOutlined />}>
          {(close) => <TagForm def={def} rows={marked} onDone={() => (close(), clear())} />}
        </Action>
      )}
      {rights.export && (
        <Button type="text" icon={<DownloadOutlined />} onClick={() => setExporting(true)}>
          {t("list.export")}
        </Button>
      )}
      {rights.delete && (
        <Action name={t("common.delete")} icon={<DeleteOutlined />}>
          {(close) => <DeleteForm def={def} target={to} onDone={() => (close(), clear())} />}
        </Action>
      )}
      <Button type="text" icon={<CloseOutlined />} onClick={clear} aria-label={t("list.unmark")} title={t("list.unmark")} />
      {exporting && (
        <ExportDialog
          def={def}
          where={selection.all ? where : { field: "id", op: "in", value: [...selection.ids] }}
          columns={columns}
          total={n}
          onClose={() => setExporting(false)}
        />
      )}
    </section>
  );
}

type ActionProps = { name: string; icon: ReactNode; children: (close: () => void) => ReactNode };

function Action({ name, icon, children }: ActionProps) {
  return (
    <Pop placement="top" title={name} content={children}>
      <Button type="text" icon={icon}>
        {name}
      </Button>
    </Pop>
  );
}
