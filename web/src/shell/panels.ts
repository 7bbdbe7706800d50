import { useNavigate, useSearch } from "@tanstack/react-router";

import type { JsonObject } from "@/api";

/** The record that lies over the page, as the address says. */
export function useOpened(): { object: string; id: string } | null {
  const search = useSearch({ from: "/w/$ws" });
  const [object, id] = search.open?.split(":") ?? [];
  return object && id ? { object, id } : null;
}

/** Opens records and forms over whatever page is shown; the page keeps its place. */
export function usePanels() {
  const navigate = useNavigate();
  return {
    openRecord: (object: string, id: string) =>
      void navigate({
        to: ".",
        search: (now) => ({ ...now, open: `${object}:${id}`, create: undefined, preset: undefined }),
        replace: false,
      }),
    startCreate: (object: string, preset?: JsonObject) =>
      void navigate({ to: ".", search: (now) => ({ ...now, create: object, preset }) }),
    closeRecord: () => void navigate({ to: ".", search: (now) => ({ ...now, open: undefined }) }),
    closeCreate: () => void navigate({ to: ".", search: (now) => ({ ...now, create: undefined, preset: undefined }) }),
  };
}
