import { asText } from "@/api";

import type { DisplayProps } from "../contract";

export function TextDisplay({ value, tight }: DisplayProps) {
  const text = asText(value);
  return (
    <span className={tight ? "cut" : undefined} title={tight ? text : undefined}>
      {text}
    </span>
  );
}
