import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { call, callForBatch, keys, refresh, useWorkspace, type FileRef, type Json, type Row, type Values } from "@/api";
import { usePart, usePartWrite } from "@/api/record-parts";
import { recordPath } from "@/api/records";
import { toWire } from "@/api/wire";

import { guessMove } from "./move-cache";
import type { Answer, Conversion, Converted, Decision, Deliverable, Handoff, HandoffState, Move, Offer, Proposal } from "./types";

export const useMoves = (object: string, id: string, enabled = true) =>
  usePart<{ moves: Move[] }>(object, id, "moves", undefined, enabled);

export const useDeliverables = (object: string, id: string, enabled = true) =>
  usePart<{ stage: string; items: Deliverable[] }>(object, id, "deliverables", undefined, enabled);

export const useDecisions = (object: string, id: string, enabled: boolean) =>
  usePart<{ decisions: Decision[] }>(object, id, "assignment", undefined, enabled);

export const useProposal = (object: string, id: string) => usePart<Proposal>(object, id, "convert");

/** A move or an offer waits for the ticks before it, or it would be refused for what has just been ticked. */
const inTurn = (id: string) => ({ scope: { id: `relay ${id}` } });

/** Ticks a deliverable off at once; the tick goes back when the server says no. */
export function useTick(object: string, id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  const key = keys.part(ws, object, id, "deliverables");
  return useMutation({
    ...inTurn(id),
    mutationFn: ({ name, done }: { name: string; done: boolean }) =>
      call<Json>(`${recordPath(ws, object, id)}/deliverables/${name}`, { method: "PUT", body: { done } }),
    onMutate: async ({ name, done }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<{ stage: string; items: Deliverable[] }>(key);
      if (before) {
        client.setQueryData(key, { ...before, items: before.items.map((one) => (one.key === name ? { ...one, done } : one)) });
      }
      return before;
    },
    onError: (_error, _given, before) => client.setQueryData(key, before),
    onSettled: () => client.invalidateQueries({ queryKey: keys.record(ws, object, id) }),
  });
}

/** Attaches a file to the record as this deliverable of its stage. */
export const useAttach = (object: string, id: string) =>
  usePartWrite(object, id, (base, { name, file }: { name: string; file: File }) => {
    const form = new FormData();
    form.append("file", file);
    form.append("deliverable", name);
    return call<FileRef>(`${base}/files`, { method: "POST", form });
  });

export type MoveOrder = { row: Row; to: string; values?: Values };

/** Moves a record on. It stands in its new place at once and goes back when the server says no. `id` where it is always
 * the same record. */
export function useMove(object: string, id?: string) {
  const client = useQueryClient();
  const { ws, object: find, process } = useWorkspace();
  return useMutation({
    ...(id ? inTurn(id) : {}),
    mutationFn: ({ row, to, values }: MoveOrder) =>
      callForBatch<Row>(`${recordPath(ws, object, row.id)}/move`, {
        method: "POST",
        body: { to, values: values ? toWire(values) : undefined },
      }),
    onMutate: async ({ row, to, values }) => {
      await client.cancelQueries({ queryKey: keys.object(ws, object) });
      const stage = process(object)?.stages.find((one) => one.key === to);
      const def = find(object);
      return def && guessMove(client, ws, def, row, { to, kind: stage?.kind ?? "open", values: values ?? {} });
    },
    onError: (_error, _order, undo) => undo?.(),
    onSettled: (_row, _error, { row }) => refreshRelay(client, ws, object, row.id),
  });
}

/** Everything that shows where a record stands and who waits for whom. */
function refreshRelay(client: QueryClient, ws: string, object: string, id: string): void {
  refresh(client, ws, object, [id]);
  void client.invalidateQueries({ queryKey: keys.handoffs(ws) });
}

/** Offers the record to somebody, with what was filled in on the way. */
export function useOffer(object: string, id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    ...inTurn(id),
    mutationFn: ({ values, ...offer }: Offer & { values: Values }) =>
      call<Handoff>(`${recordPath(ws, object, id)}/handoffs`, {
        method: "POST",
        body: { ...offer, values: toWire(values) },
        idempotency: crypto.randomUUID(),
      }),
    onSettled: () => refreshRelay(client, ws, object, id),
  });
}

export type Box = "in" | "out";

const MOST = 100;

/** The hand-offs offered to me or by me, newest first. */
export function useHandoffs(box: Box, states: HandoffState[] = [], enabled = true) {
  const { ws } = useWorkspace();
  const query = { box, state: states.join(","), limit: MOST };
  return useQuery({
    queryKey: keys.handoffs(ws, query),
    queryFn: ({ signal }) => call<{ items: Handoff[] }>(`/${ws}/handoffs`, { query, signal }),
    enabled,
  });
}

/** Accepts, returns or withdraws a hand-off. */
export function useAnswer() {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: ({ handoff, answer: { kind, ...body } }: { handoff: Handoff; answer: Answer }) =>
      call<Json>(`/${ws}/handoffs/${handoff.id}/${kind}`, { method: "POST", body }),
    onSettled: (_answer, _error, { handoff }) => refreshRelay(client, ws, handoff.object, handoff.record.id),
  });
}

/** Marks what keeps the record from going on; null clears the mark. */
export function useBlock(object: string, id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (reason: string | null) =>
      call<Row>(`${recordPath(ws, object, id)}/block`, { method: "POST", body: { reason } }),
    onSettled: () => refreshRelay(client, ws, object, id),
  });
}

export function useConvert(object: string, id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (body: Conversion) =>
      call<Converted>(`${recordPath(ws, object, id)}/convert`, { method: "POST", body, idempotency: crypto.randomUUID() }),
    onSettled: () => {
      refreshRelay(client, ws, object, id);
      for (const made of ["account", "contact", "opportunity"]) refresh(client, ws, made);
    },
  });
}
