import { asText } from "@/api";

import type { DisplayProps } from "../contract";

export function DateDisplay({ value }: DisplayProps) {
  const day = asText(value);
  return <time dateTime={day}>{day}</time>;
}
