import { sameJson } from "@/api";

import { rightsOn } from "./draft";
import { FLAGS, SCOPED, type FieldAccess, type Flag, type Role, type Scope, type Scoped } from "./types";

export type Difference =
  | { kind: "scopes"; object: string; action: Scoped; before: Scope[]; after: Scope[] }
  | { kind: "flag"; object: string; action: Flag; on: boolean }
  | { kind: "field"; object: string; field: string; before: FieldAccess; after: FieldAccess };

/** What a role may do now and may not afterwards, or the other way round. */
export function differences(before: Role, after: Role): Difference[] {
  const objects = [...new Set([...Object.keys(before.objects), ...Object.keys(after.objects)])];
  return objects.flatMap((object) => ofObject(object, before, after));
}

function ofObject(object: string, before: Role, after: Role): Difference[] {
  const [was, is] = [rightsOn(before, object), rightsOn(after, object)];
  const scopes = SCOPED.filter((action) => !sameScopes(was[action], is[action])).map(
    (action): Difference => ({ kind: "scopes", object, action, before: was[action], after: is[action] }),
  );
  const flags = FLAGS.filter((action) => was[action] !== is[action]).map(
    (action): Difference => ({ kind: "flag", object, action, on: is[action] }),
  );
  const named = [...new Set([...Object.keys(was.fields), ...Object.keys(is.fields)])];
  const fields = named.flatMap((field): Difference[] => {
    const [old, now] = [was.fields[field] ?? "write", is.fields[field] ?? "write"];
    return old === now ? [] : [{ kind: "field", object, field, before: old, after: now }];
  });
  return [...scopes, ...flags, ...fields];
}

function sameScopes(a: Scope[], b: Scope[]): boolean {
  const plain = (scopes: Scope[]) => scopes.map((scope) => JSON.stringify(scope)).sort();
  return sameJson(plain(a), plain(b));
}
