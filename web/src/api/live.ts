import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { refresh } from "./cache";
import { address } from "./client";
import { isObject, parseJson, type JsonObject } from "./json";
import { keys } from "./keys";

const GATHER = 250;

type Changes = Map<string, Set<string>>;

/** Keeps open screens true: what others change is asked for again within a blink. */
export function useLive(ws: string): void {
  const client = useQueryClient();
  useEffect(() => listen(client, ws), [client, ws]);
}

function listen(client: QueryClient, ws: string): () => void {
  const source = new EventSource(address(`/${ws}/live`));
  const waiting: Changes = new Map();
  let timer: number | undefined;
  let interrupted = false;

  const flush = () => {
    timer = undefined;
    for (const [object, ids] of waiting) refresh(client, ws, object, [...ids]);
    waiting.clear();
    void client.invalidateQueries({ queryKey: keys.handoffs(ws) });
  };
  source.addEventListener("changed", (event: MessageEvent<string>) => {
    note(waiting, read(event));
    timer ??= window.setTimeout(flush, GATHER);
  });
  source.addEventListener("notified", () => {
    void client.invalidateQueries({ queryKey: keys.notifications(ws) });
    void client.invalidateQueries({ queryKey: keys.home(ws) });
  });
  source.addEventListener("import", (event: MessageEvent<string>) => {
    const id = read(event)["id"];
    void client.invalidateQueries({ queryKey: keys.imports(ws, typeof id === "string" ? id : undefined) });
  });
  source.addEventListener("error", () => {
    interrupted = true;
  });
  source.addEventListener("open", () => {
    // What happened while the line was down is unknown, so everything may be old.
    if (interrupted) void client.invalidateQueries({ queryKey: keys.workspace(ws) });
    interrupted = false;
  });
  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}

function read(event: MessageEvent<string>): JsonObject {
  const data = parseJson(event.data);
  return isObject(data) ? data : {};
}

function note(waiting: Changes, change: JsonObject): void {
  const { object, ids } = change;
  if (typeof object !== "string") return;
  const known = waiting.get(object) ?? new Set<string>();
  for (const id of Array.isArray(ids) ? ids : []) if (typeof id === "string") known.add(id);
  waiting.set(object, known);
}
