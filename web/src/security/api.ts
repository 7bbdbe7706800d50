import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call, keys, useWorkspace } from "@/api";

import type { AccountEvents, AccountSecurity, ApiToken, Enrolment, Protection, RecoveryCodes, Scope } from "./types";

export function useSecurity() {
  return useQuery({
    queryKey: keys.account("security"),
    queryFn: ({ signal }) => call<AccountSecurity>("/account/security", { signal }),
  });
}

/** What happened to one's own account, or with a workspace to the accounts of its members; newest first. */
export function useEvents(ws?: string) {
  return useInfiniteQuery({
    queryKey: ws ? [...keys.protection(ws), "events"] : keys.account("events"),
    queryFn: ({ pageParam, signal }) =>
      call<AccountEvents>(ws ? `/${ws}/account-events` : "/account/events", { query: { before: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** A change of one's own account, after which all that is shown of it is asked for anew. */
function useChange<In, Out>(change: (given: In) => Promise<Out>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: keys.account() }) });
}

const post = <Out>(path: string, body: Record<string, string>) => call<Out>(path, { method: "POST", body });

/** Ends one session, or without one all but this. */
export function useEndSessions() {
  return useChange(({ session, password }: { session: string | null; password: string }) =>
    call<null>("/account/sessions/end", { method: "POST", body: { session, password } }),
  );
}

export function useEnrol() {
  return useMutation({ mutationFn: (password: string) => post<Enrolment>("/account/second-factor", { password }) });
}

/** The account has its second factor from here on; whoever shows the codes says when they were seen. */
export function useConfirm() {
  return useMutation({ mutationFn: (code: string) => post<RecoveryCodes>("/account/second-factor/confirm", { code }) });
}

export function useRefreshAccount() {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: keys.session });
    await client.invalidateQueries({ queryKey: keys.account() });
  };
}

export function useRemoveFactor() {
  return useMutation({ mutationFn: (password: string) => post<null>("/account/second-factor/remove", { password }) });
}

export function useNewCodes() {
  return useChange((password: string) => post<RecoveryCodes>("/account/second-factor/codes", { password }));
}

export function useTokens() {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.tokens(ws),
    queryFn: ({ signal }) => call<{ items: ApiToken[] }>(`/${ws}/tokens`, { signal }),
  });
}

export type NewToken = { name: string; scope: Scope; days: number; password: string };

export function useMakeToken() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (body: NewToken) => call<{ token: ApiToken; text: string }>(`/${ws}/tokens`, { method: "POST", body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tokens(ws) }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (id: string) => call<null>(`/${ws}/tokens/${id}`, { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tokens(ws) }),
  });
}

export function useProtection(asked: boolean) {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.protection(ws),
    queryFn: ({ signal }) => call<Protection>(`/${ws}/protection`, { signal }),
    enabled: asked,
  });
}

export function useDemand() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (required: boolean) =>
      call<Protection>(`/${ws}/protection`, { method: "PUT", body: { second_factor_required: required } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.protection(ws) }),
  });
}

/** Signs a member out everywhere, for a device that was lost. */
export function useSignOutMember() {
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (member: string) => call<null>(`/${ws}/members/${member}/sessions`, { method: "DELETE" }),
  });
}

export function useResetFactor() {
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (member: string) => call<null>(`/${ws}/members/${member}/second-factor`, { method: "DELETE" }),
  });
}
