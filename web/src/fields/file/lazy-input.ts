import { lazy } from "react";

export const FileInput = lazy(() => import("./input").then((m) => ({ default: m.FileInput })));
