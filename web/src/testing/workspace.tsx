import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterContextProvider } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { WorkspaceProvider, type Blueprint, type ObjectDef } from "@/api";
import { ThemeProvider } from "@/ui/theme";

const NAME = { zh: "Name", en: "Name" };
const RIGHTS = { create: true, import: true, export: true, update: true, delete: true, transfer: true };

/** An object with the fields a test is about. */
export function makeObject(key: string, more: Partial<ObjectDef> = {}): ObjectDef {
  return {
    key,
    label: { zh: key, en: key },
    icon: "file",
    title: "name",
    traits: [],
    fields: [{ key: "name", type: "text", label: NAME, required: true, operators: ["contains", "eq"] }],
    columns: ["name"],
    card: { fields: [] },
    form: [],
    views: [],
    sort: ["-id"],
    rights: RIGHTS,
    ...more,
  };
}

export function makeBlueprint(...objects: ObjectDef[]): Blueprint {
  return {
    version: 1,
    name: { zh: "Jieli", en: "Jieli" },
    currency: "CNY",
    time_zone: "Asia/Shanghai",
    me: { member: { id: "me", title: "Wang" }, roles: [], department: null, rights: [], everything: false },
    objects: Object.fromEntries(objects.map((object) => [object.key, object])),
    processes: {},
    roles: {},
  };
}

/** Stands a part where it will stand: in a workspace, with a router and a cache of its own. */
export function inWorkspace(part: ReactNode, blueprint: Blueprint = makeBlueprint(makeObject("lead"))): ReactNode {
  const root = createRootRoute();
  const place = createRoute({ getParentRoute: () => root, path: "/w/$ws" });
  const history = createMemoryHistory({ initialEntries: ["/w/acme"] });
  const router = createRouter({ routeTree: root.addChildren([place]), history });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return (
    <QueryClientProvider client={client}>
      <RouterContextProvider router={router}>
        <WorkspaceProvider ws="acme" blueprint={blueprint}>
          <ThemeProvider>{part}</ThemeProvider>
        </WorkspaceProvider>
      </RouterContextProvider>
    </QueryClientProvider>
  );
}
