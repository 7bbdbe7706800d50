import { expect, test } from "vitest";

import { importedWhere } from "./imported";
import type { RecentImport } from "./types";

const RUN: RecentImport = {
  id: "i1",
  object: "lead",
  file_name: "leads.csv",
  at: "2026-11-23T16:03:22.367673+00:00",
  finished_at: "2026-11-23T16:03:31.839855+00:00",
  state: "done",
  by: { id: "m1", title: "王芳" },
  result: null,
};

test("rows of the last second are among what an import wrote", () => {
  expect(importedWhere(RUN)).toEqual({
    all: [
      { field: "updated_by", op: "eq", value: "m1" },
      { field: "updated_at", op: "gte", value: "2026-11-23T16:03:22Z" },
      { field: "updated_at", op: "lt", value: "2026-11-23T16:03:32Z" },
    ],
  });
});

test("an import that has not ended has written nothing to be shown", () => {
  expect(importedWhere({ ...RUN, finished_at: null })).toBeUndefined();
  expect(importedWhere(undefined)).toBeUndefined();
});
