import { isObject, type FieldDef, type Json, type Leaf } from "@/api";
import { fieldType } from "@/fields";

const KNOWN = [
  "eq",
  "ne",
  "in",
  "not_in",
  "contains",
  "not_contains",
  "starts",
  "gt",
  "gte",
  "lt",
  "lte",
  "between",
  "empty",
  "not_empty",
  "within",
  "has_any",
  "has_all",
  "under",
] as const;

export type Op = (typeof KNOWN)[number];

export function isOp(name: string): name is Op {
  return KNOWN.some((op) => op === name);
}

/** What a filter on this field may compare with, the usual first. */
export function operatorsOf(field: FieldDef): Op[] {
  const usual = fieldType(field).operators;
  const given = field.operators ?? usual;
  const rank = (op: string) => (usual.includes(op) ? usual.indexOf(op) : usual.length);
  return given.filter(isOp).sort((a, b) => rank(a) - rank(b));
}

/** The words for an operator: dates are before and after, not less and more. */
export function operatorKey(field: FieldDef, op: Op, value: Json | undefined) {
  const { dated } = fieldType(field);
  if (dated && op === "lt" && isObject(value) && value["var"] === "now") return "filters.dateOp.overdue" as const;
  if (dated && (op === "gt" || op === "gte" || op === "lt" || op === "lte" || op === "eq" || op === "between")) {
    return `filters.dateOp.${op}` as const;
  }
  return `filters.op.${op}` as const;
}

const LISTS = ["in", "not_in", "has_any", "has_all"];

/** The value in the shape another operator needs, keeping what was already chosen. */
export function reshape(value: Json | undefined, op: string): Json {
  if (op === "empty" || op === "not_empty") return null;
  if (op === "within") return isObject(value) && "relative" in value ? value : { relative: "this_month" };
  if (op === "between") return Array.isArray(value) ? value : [value ?? null, null];
  if (isObject(value) && "relative" in value) return null;
  if (isObject(value)) return value;
  if (LISTS.includes(op)) return Array.isArray(value) ? value : value ? [value] : [];
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null);
}

/** Whether a condition says enough to be asked of the server. */
export function isComplete({ op, value }: Leaf): boolean {
  if (op === "empty" || op === "not_empty") return true;
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => one !== null && one !== "");
  return value !== null && value !== undefined && value !== "";
}
