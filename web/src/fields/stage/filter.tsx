import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";

import type { FilterProps } from "../contract";
import { ChoiceFilter } from "../select/filter";

export function StageFilter({ object, op, value, onChange }: FilterProps) {
  const { label } = useText();
  const { blueprint } = useWorkspace();
  const stages = Object.values(blueprint.processes)
    .filter((process) => process.object === object)
    .flatMap((process) => process.stages);
  const choices = stages.map((stage) => ({ value: stage.key, label: label(stage.label) }));
  return <ChoiceFilter choices={choices} several={op === "in" || op === "not_in"} value={value} onChange={onChange} />;
}
