import { useRef, useState, type KeyboardEvent } from "react";

import { sameJson, type FieldDef, type Json, type Row } from "@/api";
import { FieldInput } from "@/fields";

export type Move = "stay" | "down" | "right";

type Props = {
  object: string;
  field: FieldDef;
  row: Row;
  onSave: (value: Json) => void;
  onEnd: (move: Move) => void;
  className?: string | undefined;
};

/** Edits one value where it stands: Enter and Tab save and go on, Escape leaves it as it was. */
export function FieldEditor({ object, field, row, onSave, onEnd, className }: Props) {
  const before = row[field.key] ?? null;
  const [value, setValue] = useState<Json>(before);
  const latest = useRef<Json>(before);
  const ended = useRef(false);

  const write = (next: Json) => {
    latest.current = next;
    setValue(next);
  };
  const end = (save: boolean, move: Move) => {
    if (ended.current) return;
    ended.current = true;
    if (save && !sameJson(latest.current, before)) onSave(latest.current);
    onEnd(move);
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") end(false, "stay");
    else if (event.key === "Tab") end(true, "right");
    else if (event.key === "Enter" && !event.nativeEvent.isComposing && event.target instanceof HTMLInputElement) {
      // A list still open takes the Enter for itself.
      if (event.target.getAttribute("aria-expanded") === "true") return;
      end(true, "down");
    } else return;
    event.preventDefault();
  };
  return (
    <div className={className} onKeyDown={onKey} role="presentation">
      <FieldInput
        object={object}
        field={field}
        value={value}
        values={row}
        onChange={write}
        onDone={() => end(true, "stay")}
        autoFocus
      />
    </div>
  );
}
