import { defineField } from "../contract";
import { TextFilter, TextInput } from "../text";
import { JsonDisplay } from "./display";

/** For types this version of the page does not know: shown as they are, never changed. */
export const json = defineField({
  type: "json",
  Display: JsonDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: ["empty", "not_empty"],
  readOnly: true,
  text: (value) => (value === null || value === undefined ? "" : JSON.stringify(value)),
});
