import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { speak } from "@/api/client";
import type { Label } from "@/api/blueprint-types";

export type Language = "zh" | "en";

const KEPT = "jieli.language";

/** Each language is its own download. */
const CATALOGUES = {
  zh: () => import("./zh"),
  en: () => import("./en"),
};

export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  i18next.services.formatter?.add("inside", (name) => inside(String(name)));
  await changeLanguage(firstLanguage());
}

/** A name of the blueprint inside an English sentence: “New lead”, but “New URL”. */
function inside(name: string): string {
  return /^[A-Z](?![A-Z])/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    const { catalogue } = await CATALOGUES[language]();
    i18next.addResourceBundle(language, "translation", catalogue);
  }
  localStorage.setItem(KEPT, language);
  speak(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh";
}

/** A text of the blueprint in the language spoken now. Components use `useLabel`, which also follows a change. */
export function pickLabel(label: Label | null | undefined): string {
  return label?.[currentLanguage()] ?? "";
}
