import { number } from "../decimal";
import { grouped } from "../decimal/numbers";

export const percent = number("percent", {
  measure: "avg",
  width: 88,
  text: (value) => (value === null || value === undefined ? "" : `${grouped(value)}%`),
});
