import type { InputProps } from "../contract";
import { targetOf } from "../options";
import { Picker } from "./picker";
import { titledList, titledOf } from "./titled";

export function ReferenceInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const common = { target: targetOf(field), id, autoFocus, problem, onDone };
  if (field.type.startsWith("multi_")) {
    return <Picker {...common} several value={titledList(value)} onChange={(next) => onChange(next.length ? next : null)} />;
  }
  return <Picker {...common} value={titledOf(value)} onChange={onChange} />;
}
