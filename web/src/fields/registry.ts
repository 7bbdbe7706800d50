import type { FieldDef } from "@/api";

import { address } from "./address";
import { autoNumber } from "./auto-number";
import { boolean } from "./boolean";
import type { FieldType } from "./contract";
import { creditCode } from "./credit-code";
import { date } from "./date";
import { datetime } from "./datetime";
import { decimal } from "./decimal";
import { department } from "./department";
import { duration } from "./duration";
import { email } from "./email";
import { file } from "./file";
import { image } from "./image";
import { integer } from "./integer";
import { json } from "./json";
import { location } from "./location";
import { longText } from "./long-text";
import { money } from "./money";
import { multiPerson } from "./multi-person";
import { multiReference } from "./multi-reference";
import { multiSelect } from "./multi-select";
import { percent } from "./percent";
import { person } from "./person";
import { phone } from "./phone";
import { rating } from "./rating";
import { reference } from "./reference";
import { select } from "./select";
import { stage } from "./stage";
import { tags } from "./tags";
import { text } from "./text";
import { url } from "./url";

const LIST = [
  address,
  autoNumber,
  boolean,
  creditCode,
  date,
  datetime,
  decimal,
  department,
  duration,
  email,
  file,
  image,
  integer,
  json,
  location,
  longText,
  money,
  multiPerson,
  multiReference,
  multiSelect,
  percent,
  person,
  phone,
  rating,
  reference,
  select,
  stage,
  tags,
  text,
  url,
];

/** The only dispatch on a field's type. */
export const FIELD_TYPES: ReadonlyMap<string, FieldType> = new Map(LIST.map((one) => [one.type, one]));

export function fieldType(field: FieldDef): FieldType {
  return FIELD_TYPES.get(field.type) ?? json;
}

/** The server fills system fields; of those only these are also entered by people. */
const ENTERED = ["owner", "backup", "department"];

export function canEdit(field: FieldDef): boolean {
  if (fieldType(field).readOnly || field.access === "read") return false;
  return !field.system || ENTERED.includes(field.key);
}

export function isTagField(field: FieldDef): boolean {
  return fieldType(field) === tags && canEdit(field);
}
