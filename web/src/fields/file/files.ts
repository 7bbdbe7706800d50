import { asList, asText, isObject, type FileRef, type Json } from "@/api";

export function filesOf(value: Json | undefined): FileRef[] {
  return asList(value).flatMap((one) => {
    if (!isObject(one)) return [];
    const id = asText(one["id"]);
    return id ? [{ id, name: asText(one["name"]), size: Number(one["size"] ?? 0), type: asText(one["type"]) }] : [];
  });
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
