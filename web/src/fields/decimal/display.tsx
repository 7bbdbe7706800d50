import type { DisplayProps } from "../contract";
import { textOption } from "../options";
import { grouped } from "./numbers";

export function NumberDisplay({ field, value }: DisplayProps) {
  const unit = textOption(field, "unit") ?? (field.type === "percent" ? "%" : "");
  return (
    <span>
      {grouped(value)}
      {unit}
    </span>
  );
}
