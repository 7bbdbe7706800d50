import { isObject, parseJson, type Json } from "./json";
import { OFFLINE, Problem } from "./problem";

const ROOT = "/api/v1";

export type Query = Record<string, Json | undefined>;

type Options = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Query;
  body?: Json;
  form?: FormData;
  signal?: AbortSignal;
  /** The same key sent twice writes once. */
  idempotency?: string;
};

let language = "zh";

export function speak(next: string): void {
  language = next;
}

/** Where something is on the server; objects and lists in the query travel as JSON. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    search.set(key, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  const text = search.toString();
  return `${ROOT}${path}${text ? `?${text}` : ""}`;
}

/** Calls the server and returns its JSON as the caller declares it; raises `Problem` for everything else. */
export async function call<T>(path: string, options: Options = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 204) return null as T;
  return (await response.json()) as T;
}

/** As `call`, for a write: also names the batch by which it can be taken back. */
export async function callForBatch<T>(path: string, options: Options): Promise<{ answer: T; batch: string | null }> {
  const response = await send(path, options);
  return { answer: (await response.json()) as T, batch: response.headers.get("Jieli-Batch") };
}

async function send(path: string, options: Options): Promise<Response> {
  const { method = "GET", query, body, form, signal, idempotency } = options;
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language };
  if (method !== "GET") headers["X-Jieli"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (idempotency) headers["Idempotency-Key"] = idempotency;
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (signal) init.signal = signal;
  if (form) init.body = form;
  else if (body !== undefined) init.body = JSON.stringify(body);
  const response = await reach(address(path, query), init);
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(OFFLINE, { code: "offline" });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body = parseJson(await response.text());
  return new Problem(response.status, isObject(body) ? body : {});
}
