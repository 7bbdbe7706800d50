import { asText } from "@/api";
import { Time } from "@/ui";

import type { DisplayProps } from "../contract";

export function DatetimeDisplay({ value }: DisplayProps) {
  return <Time at={asText(value)} />;
}
