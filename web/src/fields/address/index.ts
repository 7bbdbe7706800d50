import { lazy } from "react";

import { defineField } from "../contract";
import { TextFilter } from "../text";
import { addressText } from "./address";
import { AddressDisplay } from "./display";

const AddressInput = lazy(() => import("./input").then((m) => ({ default: m.AddressInput })));

export const address = defineField({
  type: "address",
  Display: AddressDisplay,
  Input: AddressInput,
  Filter: TextFilter,
  operators: ["contains", "empty", "not_empty"],
  width: 200,
  wide: true,
  text: addressText,
});
