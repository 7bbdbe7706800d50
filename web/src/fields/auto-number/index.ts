import { asText } from "@/api";

import { defineField } from "../contract";
import { TEXT_OPERATORS, TextFilter, TextInput } from "../text";
import { TextDisplay } from "../text/display";

export const autoNumber = defineField({
  type: "auto_number",
  Display: TextDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  width: 128,
  readOnly: true,
  text: asText,
});
