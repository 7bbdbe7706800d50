import { useCallback, useState, type ReactNode } from "react";

import { asText, isProblem, useCreate, useWorkspace, type ObjectDef, type Titled } from "@/api";
import { canEdit, QuickCreateContext, type QuickCreate } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Modal, useErrorText } from "@/ui";

import { bare, filled, useDraft } from "./draft";
import { Duplicates } from "./duplicates";
import { FieldRow } from "./field-row";
import styles from "./form.module.css";

type Asked = { def: ObjectDef; name: string; answer: (made: Titled | null) => void };

/** Lets pickers create what they do not find, asking only for what is required. */
export function QuickCreateProvider({ children }: { children: ReactNode }) {
  const { object } = useWorkspace();
  const [asked, setAsked] = useState<Asked | null>(null);
  const create = useCallback<QuickCreate>(
    (key, name) =>
      new Promise((answer) => {
        const def = object(key);
        if (def) setAsked({ def, name, answer });
        else answer(null);
      }),
    [object],
  );
  const finish = (made: Titled | null) => {
    asked?.answer(made);
    setAsked(null);
  };
  return (
    <QuickCreateContext value={create}>
      {children}
      {asked && <QuickForm key={`${asked.def.key} ${asked.name}`} {...asked} answer={finish} />}
    </QuickCreateContext>
  );
}

const OFTEN = ["phone", "account", "company"];

function QuickForm({ def, name, answer }: Asked) {
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
        {fields.map((field) => (
          <FieldRow
            key={field.key}
            object={def.key}
            field={field}
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
        <Duplicates matches={matches} refused onCreateAnyway={() => save("create")} />
      </div>
    </Modal>
  );
}
