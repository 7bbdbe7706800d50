import { sameJson } from "@/api";

import { SCOPED, type FieldAccess, type Flag, type ObjectRights, type Right, type Role, type Scope, type Scoped } from "./types";

export const NOTHING: ObjectRights = {
  create: false,
  import: false,
  export: false,
  read: [],
  update: [],
  delete: [],
  transfer: [],
  fields: {},
};

export function rightsOn(role: Role, object: string): ObjectRights {
  return role.objects[object] ?? NOTHING;
}

function withRights(role: Role, object: string, change: Partial<ObjectRights>): Role {
  return { ...role, objects: { ...role.objects, [object]: { ...rightsOn(role, object), ...change } } };
}

/** Whoever imports also creates; without creating nobody imports. */
export function setFlag(role: Role, object: string, flag: Flag, on: boolean): Role {
  if (flag === "import" && on) return withRights(role, object, { import: true, create: true });
  if (flag === "create" && !on) return withRights(role, object, { create: false, import: false });
  return withRights(role, object, { [flag]: on });
}

/** “All” stands alone: it takes the place of what was chosen before, and gives way to what is chosen after. */
export function setScopes(role: Role, object: string, action: Scoped, scopes: Scope[]): Role {
  const narrower = scopes.filter((scope) => scope !== "all");
  const hadAll = rightsOn(role, object)[action].includes("all");
  const all = scopes.includes("all") && (!hadAll || narrower.length === 0);
  return withRights(role, object, { [action]: all ? ["all"] : narrower });
}

/** `write` is what holds without an exception, so it is none. */
export function setField(role: Role, object: string, field: string, access: FieldAccess): Role {
  const { [field]: _before, ...others } = rightsOn(role, object).fields;
  return withRights(role, object, { fields: access === "write" ? others : { ...others, [field]: access } });
}

export function setRight(role: Role, right: Right, on: boolean): Role {
  const others = role.rights.filter((one) => one !== right);
  return { ...role, rights: on ? [...others, right] : others };
}

export function isChanged(role: Role, published: Role | undefined): boolean {
  return !published || !sameJson(plain(role), plain(published));
}

/** Without what has no meaning: objects without any right, the order in which things were chosen. */
function plain(role: Role) {
  const objects = Object.entries(role.objects)
    .map(([key, rights]): [string, ReturnType<typeof plainRights>] => [key, plainRights(rights)])
    .filter(([, rights]) => !sameJson(rights, plainRights(NOTHING)))
    .sort(([a], [b]) => a.localeCompare(b));
  return { label: role.label, description: role.description, rights: [...role.rights].sort(), everything: role.everything, objects };
}

function plainRights(rights: ObjectRights) {
  const scopes = SCOPED.map((action) => rights[action].map((scope) => JSON.stringify(scope)).sort());
  const fields = Object.entries(rights.fields).sort(([a], [b]) => a.localeCompare(b));
  return [rights.create, rights.import, rights.export, ...scopes, fields];
}

export type Warning = "updateUnseen" | "deleteUnseen" | "transferUnseen" | "createUnseen";

/** Rights that lead nowhere, because what they are about cannot be seen. */
export function warningsOf(rights: ObjectRights): Warning[] {
  if (rights.read.length > 0) return [];
  const found: Warning[] = [];
  if (rights.create) found.push("createUnseen");
  if (rights.update.length > 0) found.push("updateUnseen");
  if (rights.delete.length > 0) found.push("deleteUnseen");
  if (rights.transfer.length > 0) found.push("transferUnseen");
  return found;
}

/** A key for a new role from its English name; undefined when nothing of it can be used. */
export function keyOf(name: string, known: string[]): string | undefined {
  const base = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36);
  if (!base) return undefined;
  if (!known.includes(base)) return base;
  let n = 2;
  while (known.includes(`${base}_${n}`)) n++;
  return `${base}_${n}`;
}
