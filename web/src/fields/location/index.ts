import { lazy } from "react";

import { asText, isObject } from "@/api";

import { defineField } from "../contract";
import { TextFilter } from "../text";
import { LocationDisplay } from "./display";

const LocationInput = lazy(() => import("./input").then((m) => ({ default: m.LocationInput })));

export const location = defineField({
  type: "location",
  Display: LocationDisplay,
  Input: LocationInput,
  Filter: TextFilter,
  operators: ["empty", "not_empty"],
  width: 160,
  text: (value) => (isObject(value) ? `${asText(value["lng"])},${asText(value["lat"])}` : ""),
});
