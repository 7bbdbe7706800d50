import { asText } from "@/api";

import { defineField } from "../contract";
import { TEXT_OPERATORS, TextFilter, TextInput } from "../text";
import { TextDisplay } from "../text/display";

export const creditCode = defineField({
  type: "credit_code",
  Display: TextDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  width: 176,
  text: asText,
  read: (pasted) => pasted.trim() || null,
});
