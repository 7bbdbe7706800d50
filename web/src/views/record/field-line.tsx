import { useState } from "react";

import { isEmpty, type FieldDef, type Json, type ObjectDef, type Row } from "@/api";
import { canEdit, FieldDisplay } from "@/fields";
import { useText } from "@/i18n/use-text";
import { EditOutlined, HistoryOutlined, Pop } from "@/ui";
import { FieldEditor } from "@/views/field-editor";

import { FieldHistory } from "./field-history";
import styles from "./record.module.css";

type Props = { def: ObjectDef; field: FieldDef; row: Row; problem: string | undefined; onSave: (value: Json) => void };

/** A label and its value. Links in it stay links; the rest of the line begins to edit. */
export function FieldLine({ def, field, row, problem, onSave }: Props) {
  const { t, label } = useText();
  const [editing, setEditing] = useState(false);
  const name = label(field.label);
  const editable = Boolean(row.can?.update) && canEdit(field);
  const empty = isEmpty(row[field.key]);
  return (
    <div className={styles["line"]}>
      <dt title={label(field.help)}>{name}</dt>
      <dd>
        {editing ? (
          <FieldEditor object={def.key} field={field} row={row} onSave={onSave} onEnd={() => setEditing(false)} />
        ) : (
          <span className={styles["value"]}>
            {!empty && <FieldDisplay object={def.key} field={field} value={row[field.key]} row={row} />}
            {empty && editable && (
              <button type="button" className={styles["fill"]} onClick={() => setEditing(true)} aria-label={`${t("record.fillIn")} ${name}`}>
                {t("record.fillIn")}
              </button>
            )}
            {empty && !editable && <span className="quiet">—</span>}
          </span>
        )}
        {!empty && !editing && (
          <span className={styles["tools"]}>
            {editable && (
              <button
                type="button"
                className={styles["edit"]}
                onClick={() => setEditing(true)}
                aria-label={t("record.editField", { field: name })}
              >
                <EditOutlined aria-hidden="true" />
              </button>
            )}
            <Pop title={t("record.history")} placement="bottomRight" content={<FieldHistory def={def} field={field} row={row} />}>
              <button type="button" className={styles["edit"]} aria-label={t("record.historyOf", { field: name })}>
                <HistoryOutlined aria-hidden="true" />
              </button>
            </Pop>
          </span>
        )}
        {problem && (
          <p className={styles["problem"]} role="alert">
            {problem}
          </p>
        )}
      </dd>
    </div>
  );
}
