import { asText } from "@/api";

import { defineField } from "../contract";
import { TEXT_OPERATORS, TextFilter, TextInput } from "../text";
import { UrlDisplay } from "./display";

export const url = defineField({
  type: "url",
  Display: UrlDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  linked: true,
  width: 180,
  text: asText,
  read: (pasted) => pasted.trim() || null,
});
