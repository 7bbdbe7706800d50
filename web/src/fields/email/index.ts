import { asText } from "@/api";

import { defineField } from "../contract";
import { TEXT_OPERATORS, TextFilter, TextInput } from "../text";
import { EmailDisplay } from "./display";

export const email = defineField({
  type: "email",
  Display: EmailDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  linked: true,
  width: 180,
  text: asText,
  read: (pasted) => pasted.trim() || null,
});
