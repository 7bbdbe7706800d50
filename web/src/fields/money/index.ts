import { lazy } from "react";

import { exactAmount } from "@/ui";

import { number } from "../decimal";
import { readNumber } from "../decimal/numbers";
import { MoneyDisplay } from "./display";
import { moneyOf } from "./money";

const MoneyInput = lazy(() => import("./input").then((m) => ({ default: m.MoneyInput })));

export const money = number("money", {
  Display: MoneyDisplay,
  Input: MoneyInput,
  width: 112,
  headline: true,
  text: (value, { blueprint }) => {
    const base = blueprint?.currency ?? "CNY";
    const amount = moneyOf(value, base);
    return amount ? exactAmount(amount.value, base) : "";
  },
  read: (pasted) => {
    const digits = readNumber(pasted);
    return digits === undefined ? undefined : { value: digits };
  },
});
