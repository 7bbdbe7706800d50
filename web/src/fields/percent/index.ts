import { number } from "../decimal";
import { grouped } from "../decimal/numbers";

export const percent = number("percent", {
  measure: "avg",
  text: (value) => (value === null || value === undefined ? "" : `${grouped(value)}%`),
});
