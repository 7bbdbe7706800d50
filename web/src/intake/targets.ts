import { useMemo } from "react";

import type { FieldDef, ObjectDef } from "@/api";
import { canEdit } from "@/fields";
import { useText } from "@/i18n/use-text";

import type { ImportRun } from "./types";

/** Where a record stands, which only a new one from a file may be told. */
const AT_ENTRY = ["process", "stage", "stage_since", "closed_at", "created_at"];
const NEVER = ["file", "image", "auto_number", "json"];

export type Target = { key: string; name: string; type: string };
export type TargetGroup = { key: string; name: string; targets: Target[] };

export function canFill(field: FieldDef): boolean {
  if (NEVER.includes(field.type)) return false;
  return canEdit(field) || (field.system === true && AT_ENTRY.includes(field.key));
}

/** The fields a file may fill, in the sections of the form. */
export function useTargets(def: ObjectDef, run: ImportRun): TargetGroup[] {
  const { t, label } = useText();
  const rest = t("intake.otherFields");
  return useMemo(() => {
    const fields = def.fields.filter((field) => (run.targets ? run.targets.includes(field.key) : canFill(field)));
    const known = new Map(fields.map((field) => [field.key, { key: field.key, name: label(field.label), type: field.type }]));
    const take = (key: string) => {
      const found = known.get(key);
      known.delete(key);
      return found ?? [];
    };
    const groups = def.form.map((section) => ({
      key: section.key,
      name: label(section.label),
      targets: section.fields.flatMap(take),
    }));
    const others = { key: "+others", name: rest, targets: [...known.values()] };
    return [...groups, others].filter((group) => group.targets.length > 0);
  }, [def, run.targets, label, rest]);
}
