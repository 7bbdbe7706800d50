import { asText, isObject } from "@/api";

import type { DisplayProps } from "../contract";

export function LocationDisplay({ value }: DisplayProps) {
  if (!isObject(value)) return null;
  const place = [value["lng"], value["lat"]].map((one) => Number(asText(one)).toFixed(5)).join(", ");
  return <span title={asText(value["system"])}>{place}</span>;
}
