import { asText, useWorkspace, type StageDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Tag, type Tone } from "@/ui";

import type { DisplayProps } from "../contract";

export function stageTone(stage: StageDef | undefined): Tone {
  if (stage?.kind === "won") return "green";
  if (stage?.kind === "lost" || stage?.kind === "void") return "grey";
  return "accent";
}

export function StageDisplay({ object, value, row }: DisplayProps) {
  const { label } = useText();
  const { process } = useWorkspace();
  const key = asText(value);
  const stage = process(object, asText(row?.["process"]))?.stages.find((one) => one.key === key);
  return <Tag tone={stageTone(stage)}>{label(stage?.label) || key}</Tag>;
}
