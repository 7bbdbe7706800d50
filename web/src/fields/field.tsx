import { Suspense, useId } from "react";

import { isEmpty, useWorkspace, type FieldDef, type Json } from "@/api";
import { useText } from "@/i18n/use-text";
import { Bone } from "@/ui";

import type { DisplayProps, FilterProps, InputProps } from "./contract";
import { fieldType } from "./registry";

const INPUT_HEIGHT = 32;

/** Draws a value; nothing at all when it is empty. */
export function FieldDisplay(props: DisplayProps) {
  if (isEmpty(props.value)) return null;
  const { Display } = fieldType(props.field);
  return <Display {...props} />;
}

/** A value as a plain text, in the reader's language. */
export function useFieldText() {
  const { language } = useText();
  const { blueprint } = useWorkspace();
  return (object: string, field: FieldDef, value: Json | undefined) =>
    fieldType(field).text(value, { field, language, object, blueprint });
}

/** A value where links must not stand, as on a card that is one link itself. */
export function FieldPlain(props: DisplayProps) {
  const text = useFieldText();
  if (fieldType(props.field).linked) return <>{text(props.object, props.field, props.value)}</>;
  return <FieldDisplay {...props} />;
}

/** An input that no visible label belongs to is named by its field. */
export function FieldInput(props: InputProps) {
  const { label } = useText();
  const own = useId();
  const { Input } = fieldType(props.field);
  return (
    <Suspense fallback={<Bone height={INPUT_HEIGHT} />}>
      {!props.id && (
        <label htmlFor={own} className="unseen">
          {label(props.field.label)}
        </label>
      )}
      <Input {...props} id={props.id ?? own} />
    </Suspense>
  );
}

export function FieldFilter(props: FilterProps) {
  const { Filter } = fieldType(props.field);
  if (props.op === "empty" || props.op === "not_empty") return null;
  return (
    <Suspense fallback={<Bone height={INPUT_HEIGHT} />}>
      <Filter {...props} />
    </Suspense>
  );
}
