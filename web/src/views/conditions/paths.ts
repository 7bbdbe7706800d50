import type { FieldDef, Workspace } from "@/api";
import { targetOf } from "@/fields";
import type { Language } from "@/i18n";

export type FieldAt = { object: string; field: FieldDef; path: string };

type Find = Pick<Workspace, "object" | "field">;

/** The field a path such as `account.industry` ends at. */
export function fieldAt({ object: find, field }: Find, object: string, path: string): FieldAt | undefined {
  const [head = "", ...rest] = path.split(".");
  const def = field(object, head);
  if (!def) return undefined;
  if (rest.length === 0) return { object, field: def, path };
  const target = targetOf(def);
  const found = find(target) ? fieldAt({ object: find, field }, target, rest.join(".")) : undefined;
  return found && { ...found, path };
}

export function pathLabel(find: Find, object: string, path: string, language: Language): string {
  const [head = "", ...rest] = path.split(".");
  const def = find.field(object, head);
  const name = def?.label[language] ?? head;
  if (!def || rest.length === 0) return name;
  return `${name} · ${pathLabel(find, targetOf(def), rest.join("."), language)}`;
}

const HIDDEN = ["id", "version", "deleted_at", "score_parts"];

function isOffered(field: FieldDef): boolean {
  return field.filterable !== false && !HIDDEN.includes(field.key) && (field.operators?.length ?? 1) > 0;
}

/** The fields a filter can be about: the object's own, and those one reference away. */
export function filterPaths(find: Find, object: string): FieldAt[] {
  const own = (find.object(object)?.fields ?? []).filter(isOffered);
  const near = own
    .filter((field) => targetOf(field) && !field.type.startsWith("multi_") && !field.system)
    .flatMap((field) => {
      const target = targetOf(field);
      const fields = (find.object(target)?.fields ?? []).filter((one) => isOffered(one) && !one.system);
      return fields.map((one) => ({ object: target, field: one, path: `${field.key}.${one.key}` }));
    });
  return [...own.map((field) => ({ object, field, path: field.key })), ...near];
}
