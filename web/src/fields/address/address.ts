import { asText, isObject, type Json } from "@/api";

export const PARTS = ["province", "city", "district", "detail"] as const;

/** 上海市 浦东新区 …: a municipality is not said twice. */
export function addressText(value: Json | undefined): string {
  if (!isObject(value)) return asText(value);
  const parts = PARTS.map((part) => asText(value[part])).filter(Boolean);
  return parts.filter((part, index) => part !== parts[index - 1]).join(" ");
}
