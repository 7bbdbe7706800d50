import { asText, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import type { InputProps } from "../contract";

/** Only for a record that does not run yet; a running one moves through its gates. */
export function StageInput({ object, value, values, onChange, onDone, id, problem }: InputProps) {
  const { label } = useText();
  const { process } = useWorkspace();
  const stages = process(object, asText(values?.["process"]))?.stages ?? [];
  return (
    <Select
      {...(id ? { id } : {})}
      value={asText(value) || undefined}
      onChange={(next: string) => onChange(next)}
      onSelect={onDone}
      options={stages.map((stage) => ({ value: stage.key, label: label(stage.label) }))}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
    />
  );
}
