import { asText } from "@/api";

import type { DisplayProps } from "../contract";

export function EmailDisplay({ value, tight }: DisplayProps) {
  const text = asText(value);
  return (
    <a href={`mailto:${text}`} className={tight ? "cut" : undefined} onClick={(event) => event.stopPropagation()}>
      {text}
    </a>
  );
}
