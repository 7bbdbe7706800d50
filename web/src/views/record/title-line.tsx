import { useState } from "react";

import { asText, type ObjectDef, type Row } from "@/api";
import { canEdit } from "@/fields";
import { useText } from "@/i18n/use-text";
import { EditOutlined } from "@/ui";
import { FieldEditor } from "@/views/field-editor";

import styles from "./record.module.css";
import { useFieldSave } from "./use-field-save";

/** The name, edited where it stands. */
export function TitleLine({ def, row, page }: { def: ObjectDef; row: Row; page: boolean }) {
  const Heading = page ? "h1" : "h2";
  const { t } = useText();
  const [editing, setEditing] = useState(false);
  const { saveField, problems } = useFieldSave(def, row);
  const field = def.fields.find((one) => one.key === def.title);
  const name = asText(row[def.title]) || row.id;
  if (!field) return <Heading className={styles["title"]}>{name}</Heading>;
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
      <Heading className={styles["title"]}>
        <span>{name}</span>
        {row.can?.update && canEdit(field) && (
          <button type="button" className={styles["pencil"]} onClick={() => setEditing(true)} aria-label={t("record.rename")}>
            <EditOutlined aria-hidden="true" />
          </button>
        )}
      </Heading>
      {problems[field.key] && (
        <p className={styles["problem"]} role="alert">
          {problems[field.key]}
        </p>
      )}
    </>
  );
}
