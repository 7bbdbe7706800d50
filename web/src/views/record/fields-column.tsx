import { useState } from "react";

import { isEmpty, type FieldDef, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { DownOutlined, RightOutlined } from "@/ui";

import { FieldLine } from "./field-line";
import styles from "./record.module.css";
import { useFieldSave } from "./use-field-save";

const HIDDEN = ["id", "version", "deleted_at", "score_parts", "process"];

/** The fields in their sections, each edited where it stands. */
export function FieldsColumn({ def, row }: { def: ObjectDef; row: Row }) {
  const { t, label } = useText();
  const { saveField, problems } = useFieldSave(def, row);
  const find = (key: string) => def.fields.find((field) => field.key === key);
  const placed = new Set(def.form.flatMap((section) => section.fields));
  const rest = def.fields.filter((field) => !placed.has(field.key) && !HIDDEN.includes(field.key) && field.key !== def.title);
  const sections = [
    ...def.form.map((section) => ({
      key: section.key,
      name: label(section.label),
      fields: section.fields.flatMap((key) => find(key) ?? []).filter((field) => field.key !== def.title),
    })),
    { key: "+rest", name: t("record.otherFields"), fields: rest },
  ];
  return (
    <div className={styles["sections"]}>
      {sections
        .filter(({ fields }) => fields.length > 0)
        .map(({ key, name, fields }) => (
          <Section key={key} name={name} fields={fields} folded={key === "+rest" || fields.every((field) => isEmpty(row[field.key]))} {...{ def, row, saveField, problems }} />
        ))}
    </div>
  );
}

type SectionProps = { name: string; fields: FieldDef[]; folded: boolean; def: ObjectDef; row: Row } & ReturnType<typeof useFieldSave>;

function Section({ name, fields, folded, def, row, saveField, problems }: SectionProps) {
  const [open, setOpen] = useState(!folded);
  return (
    <section className={styles["section"]}>
      <h3>
        <button type="button" className={styles["fold"]} onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />} {name}
        </button>
      </h3>
      {open && (
        <dl className={styles["fields"]}>
          {fields.map((field) => (
            <FieldLine
              key={field.key}
              def={def}
              field={field}
              row={row}
              problem={problems[field.key]}
              onSave={(value) => saveField(field.key, value)}
            />
          ))}
        </dl>
      )}
    </section>
  );
}
