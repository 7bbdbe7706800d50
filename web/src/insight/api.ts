import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { call, keys, useWorkspace, type JsonObject } from "@/api";

import type { Days, Departments, EndedHandoffs, Fate, Funnel, Leaderboard, Summary } from "./types";

function useInsight<T>(name: string, query: JsonObject) {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.insight(ws, name, query),
    queryFn: ({ signal }) => call<T>(`/${ws}/insight/${name}`, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export type Scope = { department?: string | undefined; owner?: string | undefined };

export const useFunnel = (process: string | undefined, period: Days, scope: Scope) =>
  useInsight<Funnel>("funnel", { process, ...period, ...scope });

export const useSummary = (period: Days) => useInsight<Summary>("summary", period);

export const useDepartments = (period: Days) => useInsight<Departments>("departments", period);

export const useFate = (period: Days, by: string) => useInsight<Fate>("leads", { ...period, by });

export const useLeaderboard = (period: Days, metric: string | undefined) =>
  useInsight<Leaderboard>("leaderboard", { ...period, metric });

/** The hand-offs behind a number, by what the number's drill says. */
export const useEndedHandoffs = (asked: JsonObject) => useInsight<EndedHandoffs>("handoffs", asked);
