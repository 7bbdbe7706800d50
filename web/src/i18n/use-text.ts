import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { Label } from "@/api/blueprint-types";

import type { Language } from "./index";

/** `t` for texts of the program, `label` for texts of the blueprint, in the language the reader chose. */
export function useText() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === "en" ? "en" : "zh";
  const label = useCallback((text: Label | null | undefined) => text?.[language] ?? "", [language]);
  return { t, label, language };
}
