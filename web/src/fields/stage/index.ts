import { lazy } from "react";

import { asText } from "@/api";

import { defineField } from "../contract";
import { StageDisplay } from "./display";

const StageInput = lazy(() => import("./input").then((m) => ({ default: m.StageInput })));
const StageFilter = lazy(() => import("./filter").then((m) => ({ default: m.StageFilter })));

export const stage = defineField({
  type: "stage",
  Display: StageDisplay,
  Input: StageInput,
  Filter: StageFilter,
  operators: ["in", "not_in", "eq", "ne"],
  width: 156,
  readOnly: true,
  text: (value, { object, language, blueprint }) => {
    const processes = Object.values(blueprint?.processes ?? {}).filter((process) => process.object === object);
    const found = processes.flatMap((process) => process.stages).find((one) => one.key === value);
    return found?.label[language] ?? asText(value);
  },
});
