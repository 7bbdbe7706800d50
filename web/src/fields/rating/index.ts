import { lazy } from "react";

import { number } from "../decimal";
import { RatingDisplay } from "./display";

const RatingInput = lazy(() => import("./input").then((m) => ({ default: m.RatingInput })));

export const rating = number("rating", { Display: RatingDisplay, Input: RatingInput, align: "start", measure: "avg" });
