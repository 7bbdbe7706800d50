import { asText, isObject, type FieldDef, type Json, type Label, type Option } from "@/api";

/** Which choices a select or tag field offers. */
export function optionsOf(field: FieldDef): Option[] {
  const listed = field.options?.["options"];
  return Array.isArray(listed) ? listed.flatMap(optionOf) : [];
}

function optionOf(value: Json): Option[] {
  if (typeof value === "string") return [{ key: value, label: { zh: value, en: value } }];
  if (!isObject(value) || typeof value["key"] !== "string") return [];
  const color = value["color"];
  return [{ key: value["key"], label: labelOf(value["label"], value["key"]), color: typeof color === "string" ? color : null }];
}

function labelOf(value: Json | undefined, key: string): Label {
  if (typeof value === "string") return { zh: value, en: value };
  if (!isObject(value)) return { zh: key, en: key };
  return { zh: asText(value["zh"]) || key, en: asText(value["en"]) || key };
}

/** The object a reference points to. */
export function targetOf(field: FieldDef): string {
  return field.to ?? "";
}

export function numberOption(field: FieldDef, key: string): number | undefined {
  const value = field.options?.[key];
  return typeof value === "number" ? value : undefined;
}

export function textOption(field: FieldDef, key: string): string | undefined {
  const value = field.options?.[key];
  return typeof value === "string" ? value : undefined;
}
