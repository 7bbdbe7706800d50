import { Suspense } from "react";

import { isEmpty } from "@/api";
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

export function FieldInput(props: InputProps) {
  const { Input } = fieldType(props.field);
  return (
    <Suspense fallback={<Bone height={INPUT_HEIGHT} />}>
      <Input {...props} />
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
