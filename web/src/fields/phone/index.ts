import { asText } from "@/api";

import { defineField } from "../contract";
import { TEXT_OPERATORS, TextFilter, TextInput } from "../text";
import { PhoneDisplay } from "./display";
import { phoneText } from "./format";

export const phone = defineField({
  type: "phone",
  Display: PhoneDisplay,
  Input: TextInput,
  Filter: TextFilter,
  operators: TEXT_OPERATORS,
  linked: true,
  width: 136,
  text: (value) => phoneText(asText(value)),
  read: (pasted) => pasted.trim() || null,
});
