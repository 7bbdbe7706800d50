import { expect, test } from "vitest";

import { differences } from "./differences";
import { setField, setFlag, setScopes } from "./draft";
import type { Role } from "./types";

const EMPTY: Role = { label: { zh: "新", en: "New" }, description: null, rights: [], everything: false, objects: {} };

test("each changed cell is told with what it was before", () => {
  const before = setScopes(EMPTY, "lead", "read", ["own"]);
  const after = setField(setFlag(setScopes(before, "lead", "read", ["all"]), "lead", "export", true), "lead", "phone", "hidden");
  expect(differences(before, after)).toEqual([
    { kind: "scopes", object: "lead", action: "read", before: ["own"], after: ["all"] },
    { kind: "flag", object: "lead", action: "export", on: true },
    { kind: "field", object: "lead", field: "phone", before: "write", after: "hidden" },
  ]);
});

test("the order of scopes is no difference", () => {
  const before = setScopes(EMPTY, "lead", "read", ["own", "shared"]);
  expect(differences(before, setScopes(before, "lead", "read", ["shared", "own"]))).toEqual([]);
});
