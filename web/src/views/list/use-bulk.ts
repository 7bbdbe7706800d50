import { useQuery } from "@tanstack/react-query";

import { call, keys, useBatch, useWorkspace, type BatchOrder, type BatchResult } from "@/api";
import { path } from "@/api/records";
import { toWire } from "@/api/wire";
import { useText } from "@/i18n/use-text";
import { useTakeBack } from "@/shell/use-take-back";
import { toast, useErrorText } from "@/ui";

/** What the orders would do, counted by the server without doing it. */
export function usePreview(object: string, orders: BatchOrder[]) {
  const { ws } = useWorkspace();
  const asked = orders.map((order) => ({ ...order, values: order.values && toWire(order.values), dry_run: true }));
  return useQuery({
    queryKey: [...keys.object(ws, object), "preview", JSON.stringify(asked)],
    queryFn: async ({ signal }) => {
      const send = (body: (typeof asked)[number]) =>
        call<BatchResult>(`${path(ws, object)}/batch`, { method: "POST", body, signal });
      return merge(await Promise.all(asked.map(send)));
    },
    enabled: orders.length > 0,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

export type Outcome = { count: number; rejected: BatchResult["rejected"]; rejectedCount: number; batches: string[] };

function merge(results: BatchResult[]): Outcome {
  return {
    count: results.reduce((sum, one) => sum + one.count, 0),
    rejected: results.flatMap((one) => one.rejected),
    rejectedCount: results.reduce((sum, one) => sum + one.rows.rejected, 0),
    batches: results.flatMap((one) => one.batch ?? []),
  };
}

/** Carries the orders out and offers to take all of them back. */
export function useBulk(object: string) {
  const { t } = useText();
  const batch = useBatch(object);
  const takeBack = useTakeBack();
  const explain = useErrorText();

  const run = async (orders: BatchOrder[], said: (n: number) => string): Promise<boolean> => {
    try {
      const outcome = merge(await Promise.all(orders.map((order) => batch.mutateAsync(order))));
      const done = outcome.count - outcome.rejectedCount;
      const text = outcome.rejectedCount > 0 ? `${said(done)} ${t("list.rejected", { count: outcome.rejectedCount })}` : said(done);
      toast(text, { tone: "good", ...(outcome.batches.length ? { undo: () => void takeBack(outcome.batches) } : {}) });
      return true;
    } catch (error) {
      toast(explain(error instanceof Error ? error : null), { tone: "bad" });
      return false;
    }
  };
  return { run, pending: batch.isPending };
}
