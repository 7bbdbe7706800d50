import dayjs from "dayjs";

import { asText } from "@/api";

import { defineField } from "../contract";
import { DATE_OPERATORS, DateFilter, DateInput } from "../date";
import { readMoment } from "../date/day";
import { DatetimeDisplay } from "./display";

export const datetime = defineField({
  type: "datetime",
  Display: DatetimeDisplay,
  Input: DateInput,
  Filter: DateFilter,
  operators: DATE_OPERATORS,
  width: 120,
  dated: true,
  text: (value) => (asText(value) ? dayjs(asText(value)).format("YYYY-MM-DD HH:mm") : ""),
  read: readMoment,
});
