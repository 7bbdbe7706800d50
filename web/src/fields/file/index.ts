import { defineField } from "../contract";
import { TextFilter } from "../text";
import { FileDisplay } from "./display";
import { filesOf } from "./files";
import { FileInput } from "./lazy-input";

export const file = defineField({
  type: "file",
  Display: FileDisplay,
  Input: FileInput,
  Filter: TextFilter,
  operators: ["empty", "not_empty"],
  width: 160,
  wide: true,
  afterwards: true,
  linked: true,
  text: (value) =>
    filesOf(value)
      .map((one) => one.name)
      .join(", "),
});
