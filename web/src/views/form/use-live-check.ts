import { useEffect, useState } from "react";

import { useCheck, type Check, type ObjectDef, type Values } from "@/api";

import { filled } from "./draft";

const PAUSE = 400;
const NOTHING: Check = { problems: [], duplicates: [] };

/** Asks what is wrong and what is double, when typing pauses. */
export function useLiveCheck(def: ObjectDef, values: Values): Check {
  const [settled, setSettled] = useState<Values>({});
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(filled(values)), PAUSE);
    return () => window.clearTimeout(timer);
  }, [values]);
  const check = useCheck(def.key, settled, Object.keys(settled).length > 0);
  return check.data ?? NOTHING;
}
