import type { FieldDef, FieldProblem, Json, ObjectDef, Titled } from "@/api";
import { canEdit } from "@/fields";

import type { ImportColumn, ImportRun, NewField, Policy, Setup, Wanted } from "./types";

/** What becomes of one column. */
export type Choice = { kind: "field"; target: string } | { kind: "new"; field: NewField } | { kind: "ignore" };

/** All that a person decides about an import before it is checked. */
export type Draft = {
  choices: Record<number, Choice>;
  emptyValues: string[];
  policy: Policy;
  assign: "rules" | "owner";
  owner: Titled | null;
  automations: boolean;
  createMissing: boolean;
  addChoices: boolean;
};

export const IGNORE: Choice = { kind: "ignore" };

/** Types a column may become a new field of, in the order they are offered. */
export const NEW_TYPES = [
  "text",
  "long_text",
  "select",
  "multi_select",
  "tags",
  "integer",
  "decimal",
  "money",
  "percent",
  "rating",
  "boolean",
  "date",
  "datetime",
  "phone",
  "email",
  "url",
  "credit_code",
] as const;

export type NewType = (typeof NEW_TYPES)[number];

const WITH_OPTIONS = ["select", "multi_select"];

export const hasOptions = (type: string): boolean => WITH_OPTIONS.includes(type);

export function isNewType(type: string): type is NewType {
  return NEW_TYPES.some((one) => one === type);
}

/** Where a draft begins: as the server suggests, or as it was last sent. */
export function draftOf(run: ImportRun, owned: boolean): Draft {
  const setup = run.setup;
  const sent = new Map(setup?.mapping.map((wanted) => [wanted.index, choiceOf(wanted)]));
  return {
    choices: Object.fromEntries(run.columns.map((column) => [column.index, sent.get(column.index) ?? suggested(column)])),
    emptyValues: setup?.empty_values ?? run.empty_values ?? [],
    policy: setup?.policy ?? "skip",
    assign: setup?.assign ?? (owned ? "rules" : "owner"),
    owner: setup?.owner ? { id: setup.owner, title: "" } : null,
    automations: setup?.automations ?? false,
    createMissing: setup?.create_missing ?? true,
    addChoices: setup?.add_choices ?? false,
  };
}

function choiceOf(wanted: Wanted): Choice {
  if (wanted.new_field) return { kind: "new", field: wanted.new_field };
  return wanted.target ? { kind: "field", target: wanted.target } : IGNORE;
}

function suggested(column: ImportColumn): Choice {
  return column.target ? { kind: "field", target: column.target } : IGNORE;
}

/** The field a column without a place could become. */
export function newFieldOf(column: ImportColumn): NewField {
  const type = isNewType(column.guess.type) ? column.guess.type : "text";
  const options = hasOptions(type) ? (column.guess.options ?? []) : [];
  return { label: { zh: column.name, en: column.name }, type, options };
}

/** Decides about one column. A field takes one column only, so the one that had it before is let go. */
export function choose(draft: Draft, index: number, choice: Choice): Draft {
  const choices = { ...draft.choices };
  if (choice.kind === "field") {
    for (const [key, other] of Object.entries(choices)) {
      if (other.kind === "field" && other.target === choice.target) choices[Number(key)] = IGNORE;
    }
  }
  choices[index] = choice;
  return { ...draft, choices };
}

/** Columns with something in them that no field takes. */
export function leftOver(draft: Draft, columns: ImportColumn[]): ImportColumn[] {
  return columns.filter((column) => draft.choices[column.index]?.kind === "ignore" && column.samples.length > 0);
}

export function addAllLeft(draft: Draft, columns: ImportColumn[]): Draft {
  return leftOver(draft, columns).reduce(
    (made, column) => choose(made, column.index, { kind: "new", field: newFieldOf(column) }),
    draft,
  );
}

export function takenTargets(draft: Draft): Set<string> {
  return new Set(Object.values(draft.choices).flatMap((choice) => (choice.kind === "field" ? [choice.target] : [])));
}

export type Counts = { mapped: number; added: number; ignored: number };

export function countsOf(draft: Draft): Counts {
  const counts = { mapped: 0, added: 0, ignored: 0 };
  for (const choice of Object.values(draft.choices)) {
    if (choice.kind === "field") counts.mapped++;
    else if (choice.kind === "new") counts.added++;
    else counts.ignored++;
  }
  return counts;
}

/** Fields a new record needs and no column brings, so every row would be refused. The title is made if need be. */
export function missingRequired(draft: Draft, def: ObjectDef): FieldDef[] {
  const taken = takenTargets(draft);
  const needed = (field: FieldDef) => field.required === true && !field.system && field.key !== def.title && canEdit(field);
  return def.fields.filter((field) => needed(field) && !taken.has(field.key) && (field.default ?? null) === null);
}

/** As the server reads it. One entry for each column, in their order: a refusal names an entry by its place. */
export function setupOf(draft: Draft, columns: ImportColumn[]): Setup {
  return {
    mapping: columns.map((column) => wantedOf(column.index, draft.choices[column.index] ?? IGNORE)),
    policy: draft.policy,
    assign: draft.assign,
    owner: draft.assign === "owner" ? (draft.owner?.id ?? null) : null,
    automations: draft.automations,
    empty_values: draft.emptyValues,
    create_missing: draft.createMissing,
    add_choices: draft.addChoices,
  };
}

function wantedOf(index: number, choice: Choice): Wanted {
  if (choice.kind === "field") return { index, target: choice.target };
  if (choice.kind === "new") return { index, target: null, new_field: choice.field };
  return { index, target: null };
}

/** Whether two settings mean the same; the server writes out what a browser leaves away. */
export function sameSetup(a: Setup | null | undefined, b: Setup): boolean {
  return a !== null && a !== undefined && JSON.stringify(plainSetup(a)) === JSON.stringify(plainSetup(b));
}

function plainSetup({ mapping, ...rest }: Setup): Json {
  const wanted = mapping.map(({ index, target, new_field: added }) => [
    index,
    target,
    added ? [added.label.zh, added.label.en, added.type, added.options] : null,
  ]);
  const options: [string, Json][] = Object.entries(rest);
  return [wanted, options.sort(([one], [other]) => one.localeCompare(other))];
}

/** Which column a refusal of the settings speaks of, and in what words. */
export function problemsByColumn(problems: FieldProblem[], columns: ImportColumn[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { path, text } of problems) {
    const place = /^mapping\.(\d+)/.exec(path)?.[1];
    const column = place === undefined ? undefined : columns[Number(place)];
    if (column) found.set(column.index, text);
  }
  return found;
}
