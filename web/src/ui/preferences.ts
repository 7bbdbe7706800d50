import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";
export type Density = "comfortable" | "compact";

type Preferences = { theme: Theme; density: Density; dark: boolean; rail: boolean };

const THEME = "jieli.theme";
const DENSITY = "jieli.density";
const RAIL = "jieli.rail";
const listeners = new Set<() => void>();

const night = () => window.matchMedia("(prefers-color-scheme: dark)");

function read(): Preferences {
  const kept = localStorage.getItem(THEME);
  const theme: Theme = kept === "light" || kept === "dark" ? kept : "system";
  return {
    theme,
    density: localStorage.getItem(DENSITY) === "compact" ? "compact" : "comfortable",
    dark: theme === "dark" || (theme === "system" && night().matches),
    rail: localStorage.getItem(RAIL) !== "narrow",
  };
}

let current: Preferences | undefined;

function snapshot(): Preferences {
  current ??= read();
  return current;
}

function apply(): void {
  current = read();
  document.documentElement.dataset["theme"] = current.dark ? "dark" : "light";
  document.documentElement.dataset["density"] = current.density;
  for (const listener of listeners) listener();
}

/** Called once before the first paint, so that nothing flashes in the wrong theme. */
export function startPreferences(): void {
  apply();
  night().addEventListener("change", apply);
}

function keep(key: string, value: string): void {
  localStorage.setItem(key, value);
  apply();
}

export const setTheme = (theme: Theme) => keep(THEME, theme);
export const setDensity = (density: Density) => keep(DENSITY, density);
export const setRail = (wide: boolean) => keep(RAIL, wide ? "wide" : "narrow");

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, snapshot);
}

const PHONE = "(max-width: 767px)";

function watchPhone(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export function usePhone(): boolean {
  return useSyncExternalStore(watchPhone, () => window.matchMedia(PHONE).matches);
}
