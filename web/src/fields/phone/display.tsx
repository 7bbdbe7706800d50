import { asText } from "@/api";

import type { DisplayProps } from "../contract";
import { phoneText } from "./format";

/** Calls at a touch. A masked number is no link. */
export function PhoneDisplay({ value }: DisplayProps) {
  const stored = asText(value);
  if (stored.includes("*")) return <span>{stored}</span>;
  return (
    <a href={`tel:${stored}`} onClick={(event) => event.stopPropagation()}>
      {phoneText(stored)}
    </a>
  );
}
