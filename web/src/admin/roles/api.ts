import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call, keys, useWorkspace } from "@/api";

import type { Role, Roles } from "./types";

const rolesKey = (ws: string) => [ws, "roles"] as const;

export function useRoles() {
  const { ws } = useWorkspace();
  return useQuery({ queryKey: rolesKey(ws), queryFn: ({ signal }) => call<Roles>(`/${ws}/roles`, { signal }) });
}

type Putting = { key: string; role: Role; version: number; dry: boolean };
/** `plan` says in words what differs from the version in force. */
export type Published = { version: number; plan: string[] };

/** Tries a role out, or publishes it as a new version of the blueprint. */
export function usePutRole() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: ({ key, role, version, dry }: Putting) =>
      call<Published>(`/${ws}/roles/${key}`, { method: "PUT", body: { role, version, dry_run: dry } }),
    // Rights decide what every screen shows, so all of them ask again.
    onSuccess: (_published, { dry }) => (dry ? undefined : client.invalidateQueries({ queryKey: keys.workspace(ws) })),
  });
}
