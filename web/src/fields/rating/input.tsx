import { Rate } from "@/ui";

import type { InputProps } from "../contract";
import { numberOption } from "../options";

export function RatingInput({ field, value, onChange, onDone }: InputProps) {
  return (
    <Rate
      count={numberOption(field, "max") ?? 5}
      value={Number(value ?? 0)}
      onChange={(next) => {
        onChange(next || null);
        onDone?.();
      }}
    />
  );
}
