import { asText, isProblem, useCreate, type ObjectDef, type Titled } from "@/api";
import { canEdit } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Modal, useErrorText } from "@/ui";

import { bare, filled, useDraft } from "./draft";
import { Duplicates } from "./duplicates";
import { FieldRow } from "./field-row";
import styles from "./form.module.css";

export type Asked = { def: ObjectDef; name: string; answer: (made: Titled | null) => void };

const OFTEN = ["phone", "account", "company"];

/** A name and whatever else is required, nothing more. */
export function QuickForm({ def, name, answer }: Asked) {
  const { t, label } = useText();
  const create = useCreate(def.key);
  const explain = useErrorText();
  const draft = useDraft(def, { [def.title]: name });
  const fields = def.fields.filter(
    (field) => canEdit(field) && (field.key === def.title || field.required || OFTEN.includes(field.key)),
  );
  fields.sort((a, b) => Number(b.key === def.title) - Number(a.key === def.title) || Number(b.required) - Number(a.required));
  const matches = isProblem(create.error, "duplicate") ? create.error.matches : [];
  const save = (duplicates: "reject" | "create" = "reject") =>
    create.mutate(
      { values: filled(draft.values), duplicates },
      {
        onSuccess: (row) => answer({ id: row.id, title: asText(row[def.title]) }),
        onError: (error) => {
          if (isProblem(error)) draft.refuse(error.problems);
        },
      },
    );
  const general = create.error && matches.length === 0 && draft.refused.length === 0 ? explain(create.error) : null;
  return (
    <Modal
      open
      title={t("record.form.create", { object: label(def.label) })}
      okText={t("common.create")}
      onOk={() => save()}
      onCancel={() => answer(null)}
      confirmLoading={create.isPending}
      width={440}
    >
      <div className={styles["quick"]}>
        {fields.map((field, index) => (
          <FieldRow
            key={field.key}
            object={def.key}
            field={field}
            autoFocus={index === 0}
            values={draft.values}
            problem={draft.refused.find((problem) => bare(problem.path) === field.key)?.text}
            onChange={(value) => draft.set(field.key, value)}
          />
        ))}
        {general && (
          <p className={styles["problem"]} role="alert">
            {general}
          </p>
        )}
        <Duplicates entered={def.key} matches={matches} refused onCreateAnyway={() => save("create")} />
      </div>
    </Modal>
  );
}
