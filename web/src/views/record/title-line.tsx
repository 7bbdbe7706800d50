import { useState } from "react";

import { asText, type ObjectDef, type Row } from "@/api";
import { canEdit } from "@/fields";
import { useText } from "@/i18n/use-text";
import { EditOutlined } from "@/ui";
import { FieldEditor } from "@/views/field-editor";

import styles from "./record.module.css";
import { useFieldSave } from "./use-field-save";

/** The name, edited where it stands. */
export function TitleLine({ def, row }: { def: ObjectDef; row: Row }) {
  const { t } = useText();
  const [editing, setEditing] = useState(false);
  const { saveField, problems } = useFieldSave(def, row);
  const field = def.fields.find((one) => one.key === def.title);
  const name = asText(row[def.title]) || row.id;
  if (!field) return <h2 className={styles["title"]}>{name}</h2>;
  if (editing) {
    return (
      <FieldEditor
        className={styles["titleEditor"]}
        object={def.key}
        field={field}
        row={row}
        onSave={(value) => saveField(field.key, value)}
        onEnd={() => setEditing(false)}
      />
    );
  }
  return (
    <>
      <h2 className={styles["title"]}>
        <span>{name}</span>
        {row.can?.update && canEdit(field) && (
          <button type="button" className={styles["pencil"]} onClick={() => setEditing(true)} aria-label={t("record.rename")}>
            <EditOutlined aria-hidden="true" />
          </button>
        )}
      </h2>
      {problems[field.key] && (
        <p className={styles["problem"]} role="alert">
          {problems[field.key]}
        </p>
      )}
    </>
  );
}
