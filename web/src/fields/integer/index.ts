import { number } from "../decimal";
import { readNumber } from "../decimal/numbers";

export const integer = number("integer", {
  read: (pasted) => {
    const digits = readNumber(pasted);
    return digits === undefined || digits.includes(".") ? undefined : Number(digits);
  },
});
