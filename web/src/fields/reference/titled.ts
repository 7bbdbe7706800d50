import { asList, asText, isObject, type Json, type Titled } from "@/api";

/** A reference as it is read; a bare id stands for itself until its title is known. */
export function titledOf(value: Json | undefined): Titled | null {
  if (isObject(value)) {
    const id = asText(value["id"]);
    return id ? { id, title: asText(value["title"]) || id } : null;
  }
  return typeof value === "string" && value ? { id: value, title: value } : null;
}

export function titledList(value: Json | undefined): Titled[] {
  return asList(value).flatMap((one) => titledOf(one) ?? []);
}
