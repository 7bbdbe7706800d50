import { asText } from "@/api";

import type { DisplayProps } from "../contract";
import { optionsOf } from "../options";
import { OptionTag } from "./option-tag";

export function SelectDisplay({ field, value }: DisplayProps) {
  const key = asText(value);
  return <OptionTag option={optionsOf(field).find((option) => option.key === key)} name={key} dot />;
}
