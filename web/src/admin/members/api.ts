import { useMutation, useQueryClient } from "@tanstack/react-query";

import { call, refresh, useWorkspace, type Row, type Values } from "@/api";
import { toWire } from "@/api/wire";

export type NewMember = { values: Values; login: string; password?: string };
export type Added = { member: Row; invite_url: string | null };

export function useAddMember() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: ({ values, login, password }: NewMember) =>
      call<Added>(`/${ws}/members`, {
        method: "POST",
        body: { values: toWire(values), login, password },
        idempotency: crypto.randomUUID(),
      }),
    onSettled: () => refresh(client, ws, "member", []),
  });
}

/** A new link to set a password with; earlier ones no longer work. */
export function useInvite() {
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (member: string) => call<{ invite_url: string }>(`/${ws}/members/${member}/invite`, { method: "POST", body: {} }),
  });
}

export function useDisable() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (member: string) => call<Row>(`/${ws}/members/${member}/disable`, { method: "POST", body: {} }),
    onSettled: (_row, _error, member) => refresh(client, ws, "member", [member]),
  });
}
