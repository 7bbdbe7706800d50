import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Titled } from "./blueprint-types";
import { call } from "./client";
import { keys } from "./keys";
import { useWorkspace } from "./workspace";

export type Notification = {
  id: string;
  at: string;
  kind: string;
  text: string;
  object: string | null;
  record: Titled | null;
  read: boolean;
};

export type Inbox = { items: Notification[]; unread: number };

export function useNotifications() {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.notifications(ws),
    queryFn: ({ signal }) => call<Inbox>(`/${ws}/notifications`, { signal }),
    staleTime: 60_000,
  });
}

export function useMarkRead() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (what: { ids: string[] } | { all: true }) =>
      call<null>(`/${ws}/notifications/read`, { method: "POST", body: what }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications(ws) }),
  });
}
