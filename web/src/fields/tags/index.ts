import { lazy } from "react";

import { defineField } from "../contract";
import { multiSelect, TagsInput, words } from "../multi-select";

const TagsFilter = lazy(() => import("./filter").then((m) => ({ default: m.TagsFilter })));

export const tags = defineField({
  ...multiSelect,
  type: "tags",
  Input: TagsInput,
  Filter: TagsFilter,
  read: words,
});
