import type { FieldDef, ObjectDef } from "@/api";
import { targetOf } from "@/fields";

/** The field by which a follow-up points to records of an object. */
export function followUpField(activity: ObjectDef, object: string): FieldDef | undefined {
  return activity.fields.find((field) => !field.system && targetOf(field) === object && field.type === "reference");
}
