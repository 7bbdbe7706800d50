import { useWorkspace, type Problem, type Values } from "@/api";
import { canEdit } from "@/fields";
import { FieldRow } from "@/views/form/field-row";

import styles from "./people.module.css";

type Props = {
  object: string;
  /** In this order; those the reader may not write are left out. */
  fields: string[];
  values: Values;
  onChange: (values: Values) => void;
  refusal: Problem | null;
};

/** A few fields of a record as a form. */
export function FieldsForm({ object, fields, values, onChange, refusal }: Props) {
  const { field } = useWorkspace();
  return (
    <div className={styles["fields"]}>
      {fields.flatMap((key) => {
        const def = field(object, key);
        if (!def || !canEdit(def)) return [];
        return (
          <FieldRow
            key={key}
            object={object}
            field={def}
            values={values}
            problem={refusal?.at(key)}
            onChange={(value) => onChange({ ...values, [key]: value })}
          />
        );
      })}
    </div>
  );
}
