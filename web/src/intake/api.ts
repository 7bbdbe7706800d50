import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call, keys, useWorkspace, type JsonObject, type UndoResult } from "@/api";
import { address } from "@/api/client";

import type { ImportRun, RecentImport, Setup } from "./types";

const POLL = 2_000;
const WORKING = ["checking", "running"];

const base = (ws: string, id?: string) => (id ? `/${ws}/imports/${id}` : `/${ws}/imports`);

export function useImports() {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.imports(ws, "recent"),
    queryFn: ({ signal }) => call<{ items: RecentImport[] }>(base(ws), { signal }),
  });
}

/** One import. While it works its progress comes by event; asking again is for lines that carry none. */
export function useImport(id: string | undefined) {
  const { ws } = useWorkspace();
  return useQuery({
    queryKey: keys.imports(ws, id ?? ""),
    queryFn: ({ signal }) => call<ImportRun>(base(ws, id), { signal }),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data && WORKING.includes(query.state.data.state) ? POLL : false),
  });
}

export function useUploadImport(object: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("object", object);
      form.append("file", file);
      return call<ImportRun>(base(ws), { method: "POST", form });
    },
    onSuccess: (run) => client.setQueryData(keys.imports(ws, run.id), run),
  });
}

export type Reading = { sheet?: string; header_row?: number };

/** Reads the file once more, from another sheet or another header row. */
export function useReread(id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (reading: Reading) => call<ImportRun>(base(ws, id), { method: "PATCH", body: reading }),
    onSuccess: (run) => client.setQueryData(keys.imports(ws, run.id), run),
  });
}

/** Begins a dry run, or the run itself; what comes of it is read from the import. */
export function useBeginImport(id: string, what: "check" | "run") {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: (setup: Setup) => call<ImportRun>(`${base(ws, id)}/${what}`, { method: "POST", body: { ...setup } }),
    onSuccess: (run) => client.setQueryData(keys.imports(ws, id), run),
    onSettled: () => client.invalidateQueries({ queryKey: keys.imports(ws) }),
  });
}

export function useCancelImport(id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: () => call<JsonObject>(`${base(ws, id)}/cancel`, { method: "POST", body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.imports(ws) }),
  });
}

export function useUndoImport(id: string) {
  const client = useQueryClient();
  const { ws } = useWorkspace();
  return useMutation({
    mutationFn: () => call<UndoResult>(`${base(ws, id)}/undo`, { method: "POST", body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.workspace(ws) }),
  });
}

export function templateAddress(ws: string, object: string): string {
  return address(`/${ws}/objects/${object}/template.xlsx`);
}

export function resultAddress(ws: string, id: string): string {
  return address(`${base(ws, id)}/result`);
}
