import { useState } from "react";

import type { FieldDef, ObjectDef } from "@/api";
import { canEdit, fieldType } from "@/fields";
import { useText } from "@/i18n/use-text";
import { DownOutlined, RightOutlined } from "@/ui";

import type { useDraft } from "./draft";
import { FieldRow } from "./field-row";
import styles from "./form.module.css";

type Draft = ReturnType<typeof useDraft>;
type Shared = { def: ObjectDef; draft: Draft; problemAt: (key: string) => string | undefined };

/** The first sections lie open. */
const NEAR = 2;

/** Further sections open by themselves when they ask for something. */
export function FormSections({ def, draft, problemAt }: Shared) {
  const { label } = useText();
  const find = (key: string) => def.fields.find((field) => field.key === key);
  const sections = def.form
    .map((section) => ({ ...section, shown: section.fields.flatMap((key) => find(key) ?? []).filter((field) => canEdit(field) && !fieldType(field).afterwards) }))
    .filter((section) => section.shown.length > 0);
  return sections.map((section, index) => (
    <FormSection
      key={section.key}
      name={label(section.label)}
      fields={section.shown}
      first={index === 0}
      near={index < NEAR}
      {...{ def, draft, problemAt }}
    />
  ));
}

type SectionProps = Shared & { name: string; fields: FieldDef[]; first: boolean; near: boolean };

function FormSection({ name, fields, first, near, def, draft, problemAt }: SectionProps) {
  const wanted = near || fields.some((field) => field.required || draft.values[field.key]);
  const [open, setOpen] = useState(wanted);
  const shown = open || fields.some((field) => problemAt(field.key));
  return (
    <section className={styles["section"]}>
      <h3>
        <button type="button" className={styles["fold"]} onClick={() => setOpen(!open)} aria-expanded={shown}>
          {shown ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />} {name}
        </button>
      </h3>
      {shown && (
        <div className={styles["grid"]}>
          {fields.map((field, index) => (
            <FieldRow
              key={field.key}
              object={def.key}
              field={field}
              values={draft.values}
              problem={problemAt(field.key)}
              autoFocus={first && index === 0 && field.key === def.title}
              onChange={(value) => draft.set(field.key, value)}
              onLeave={() => draft.touch(field.key)}
            />
          ))}
        </div>
      )}
    </section>
  );
}
