import { afterEach, beforeEach } from "vitest";

import type { Json, JsonObject } from "@/api";

type Asked = { method: string; path: string; query: URLSearchParams; body: JsonObject };
type Answer = Json | { status: number; body: JsonObject };
type Reply = (asked: Asked) => Answer | Promise<Answer>;

const ROOT = "/api/v1/acme";
/** By this every write can be taken back. */
export const BATCH = "b1";

/** A server of the test's own: what it answers is given route by route, what it was asked is kept. */
export class FakeServer {
  readonly asked: Asked[] = [];
  private readonly replies = new Map<string, Reply>();

  /** `on("POST /objects/lead/…", …)`; the last one given for a route answers. */
  on(route: string, reply: Reply | Json): this {
    this.replies.set(route, typeof reply === "function" ? reply : () => reply);
    return this;
  }

  sent(route: string): JsonObject[] {
    return this.asked.filter((one) => `${one.method} ${one.path}` === route).map((one) => one.body);
  }

  async answer(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(String(input), "http://localhost");
    const path = url.pathname.slice(ROOT.length);
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as JsonObject) : {};
    const asked = { method: init.method ?? "GET", path, query: url.searchParams, body };
    this.asked.push(asked);
    const reply = this.replies.get(`${asked.method} ${path}`);
    if (!reply) return respond(404, { status: 404, code: "not_found", title: `${asked.method} ${path}` });
    const answer = await reply(asked);
    return isRefusal(answer) ? respond(answer.status, answer.body) : respond(200, answer, init.method ? { "Jieli-Batch": BATCH } : {});
  }
}

/** What the server refuses with, as `on` may answer. */
export function refusal(status: number, code: string, more: JsonObject = {}): { status: number; body: JsonObject } {
  return { status, body: { status, code, title: code, problems: [], ...more } };
}

function isRefusal(answer: Answer): answer is { status: number; body: JsonObject } {
  return typeof answer === "object" && answer !== null && "status" in answer && typeof answer["status"] === "number";
}

function respond(status: number, body: Json, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** Stands in for the network in every test of the file. */
export function fakeServer(): { current: FakeServer } {
  const server = { current: new FakeServer() };
  const network = globalThis.fetch;
  beforeEach(() => {
    server.current = new FakeServer();
    globalThis.fetch = (input: RequestInfo | URL, init?: RequestInit) => server.current.answer(input, init);
  });
  afterEach(() => {
    globalThis.fetch = network;
  });
  return server;
}
