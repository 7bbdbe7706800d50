import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import { isProblem, OFFLINE } from "@/api/problem";

const SIGNED_OUT = { account: null, workspaces: [] };

function retry(failures: number, error: Error): boolean {
  return isProblem(error) && (error.status === OFFLINE || error.status >= 502) && failures < 2;
}

/** The session ended somewhere: every screen then shows the sign-in page. */
function noteSignedOut(client: QueryClient, error: Error): void {
  if (isProblem(error) && error.status === 401) client.setQueryData(keys.session, SIGNED_OUT);
}

export function createClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteSignedOut(client, error) }),
    mutationCache: new MutationCache({ onError: (error) => noteSignedOut(client, error) }),
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 30 * 60_000, retry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
  return client;
}
