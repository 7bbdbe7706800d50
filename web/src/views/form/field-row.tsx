import { useId } from "react";

import type { FieldDef, Json, Values } from "@/api";
import { FieldInput, fieldType } from "@/fields";
import { useText } from "@/i18n/use-text";

import styles from "./form.module.css";

type Props = {
  object: string;
  field: FieldDef;
  values: Values;
  problem: string | undefined;
  autoFocus?: boolean;
  required?: boolean;
  onChange: (value: Json) => void;
  onLeave?: () => void;
};

/** A field in a form: its name, its input, what is wrong with it. */
export function FieldRow({ object, field, values, problem, autoFocus = false, required = field.required, onChange, onLeave }: Props) {
  const { t, label } = useText();
  const id = useId();
  return (
    <div
      className={fieldType(field).wide ? `${styles["row"]} ${styles["wide"]}` : styles["row"]}
      onBlur={(event) => {
        // From one part of an input to the next, nobody has left it.
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave?.();
      }}
      data-problem={problem ? true : undefined}
    >
      <label htmlFor={id} className={styles["label"]}>
        {label(field.label)}
        {required && (
          <span className={styles["star"]} title={t("common.required")}>
            *
          </span>
        )}
      </label>
      <FieldInput
        id={id}
        object={object}
        field={field}
        value={values[field.key]}
        values={values}
        onChange={onChange}
        problem={problem}
        autoFocus={autoFocus}
      />
      {problem ? (
        <p className={styles["problem"]} role="alert">
          {problem}
        </p>
      ) : (
        field.help && <p className={styles["help"]}>{label(field.help)}</p>
      )}
    </div>
  );
}
