import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo, type ReactNode } from "react";

import type { Blueprint, FieldDef, ObjectDef, ProcessDef } from "./blueprint-types";
import { call } from "./client";
import { keys } from "./keys";

export type Workspace = {
  ws: string;
  blueprint: Blueprint;
  object: (key: string) => ObjectDef | undefined;
  field: (object: string, key: string) => FieldDef | undefined;
  /** The process an object's records run through, if it has stages. */
  process: (object: string, key?: string) => ProcessDef | undefined;
  /** A right beyond records: members, blueprint, dashboard, audit, verify. */
  may: (right: string) => boolean;
};

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

/** The workspace this part of the page stands in; only below `WorkspaceProvider`. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace outside of WorkspaceProvider");
  return workspace;
}

export function useObject(key: string): ObjectDef | undefined {
  return useWorkspace().object(key);
}

export function useBlueprint(ws: string) {
  return useQuery({
    queryKey: keys.blueprint(ws),
    queryFn: ({ signal }) => call<Blueprint>(`/${ws}/blueprint`, { signal }),
    staleTime: 5 * 60_000,
  });
}

type ProviderProps = { ws: string; blueprint: Blueprint; children: ReactNode };

export function WorkspaceProvider({ ws, blueprint, children }: ProviderProps) {
  const value = useMemo(() => workspaceOf(ws, blueprint), [ws, blueprint]);
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

function workspaceOf(ws: string, blueprint: Blueprint): Workspace {
  const fields = new Map<string, FieldDef>();
  for (const object of Object.values(blueprint.objects)) {
    for (const field of object.fields) fields.set(`${object.key}.${field.key}`, field);
  }
  return {
    ws,
    blueprint,
    object: (key) => blueprint.objects[key],
    field: (object, key) => fields.get(`${object}.${key}`),
    process: (object, key) =>
      key ? blueprint.processes[key] : Object.values(blueprint.processes).find((one) => one.object === object),
    may: (right) => blueprint.me.everything || blueprint.me.rights.includes(right),
  };
}
