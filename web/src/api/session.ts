import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Label } from "./blueprint-types";
import { call } from "./client";
import type { JsonObject } from "./json";
import { keys } from "./keys";
import { isProblem } from "./problem";

export type Account = {
  id: string;
  login: string;
  name: string;
  language: "zh" | "en";
  time_zone: string;
  must_change_password: boolean;
  second_factor: boolean;
};

export type DemoPerson = { login: string; name: string; role: Label };

export type Session = {
  account: Account | null;
  workspaces: { slug: string; label: string; member: string | null; second_factor_required: boolean }[];
  demo?: { login: string; password: string; people?: DemoPerson[] } | null;
};

const SIGNED_OUT: Session = { account: null, workspaces: [] };

/** Who is signed in. Being signed out is an answer, not an error. */
async function readSession(signal: AbortSignal): Promise<Session> {
  try {
    return { ...SIGNED_OUT, ...(await call<Partial<Session>>("/session", { signal })) };
  } catch (error) {
    if (error instanceof Error && isProblem(error) && error.status === 401) {
      return { ...SIGNED_OUT, demo: (error.detail["demo"] ?? null) as Session["demo"] };
    }
    throw error;
  }
}

export const sessionQuery = {
  queryKey: keys.session,
  queryFn: ({ signal }: { signal: AbortSignal }) => readSession(signal),
  staleTime: 5 * 60_000,
};

export function useSession() {
  return useQuery(sessionQuery);
}

export type Credentials = { login: string; password: string; code?: string };

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => call<Session>("/session", { method: "POST", body }),
    onSuccess: (session) => client.setQueryData(keys.session, { ...SIGNED_OUT, ...session }),
  });
}

/** Leaves nothing of the last person in the memory of a shared machine. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<null>("/session", { method: "DELETE" }),
    onSettled: () => {
      client.clear();
      window.location.assign("/sign-in");
    },
  });
}

export function useSaveAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: JsonObject) => call<JsonObject>("/account", { method: "PATCH", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.session }),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { old: string; new: string }) => call<null>("/account/password", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.session }),
  });
}

export function useAcceptInvite(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => call<JsonObject>(`/invites/${token}`, { method: "POST", body: { password } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.session }),
  });
}
