import { lazy } from "react";

import { asText } from "@/api";

import { number } from "../decimal";
import { DurationDisplay } from "./display";

const DurationInput = lazy(() => import("./input").then((m) => ({ default: m.DurationInput })));

export const duration = number("duration", { Display: DurationDisplay, Input: DurationInput, text: asText });
