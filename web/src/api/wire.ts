import { isObject, type Json } from "./json";
import type { Values } from "./record-types";

/** What the server reads: a reference or a file is shown with its name and written as its id. */
export function toWire(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, bare(value ?? null)]));
}

function bare(value: Json): Json {
  if (Array.isArray(value)) return value.map(bare);
  return isObject(value) && typeof value["id"] === "string" ? value["id"] : value;
}
