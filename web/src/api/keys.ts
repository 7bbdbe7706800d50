import type { Json } from "./json";

/** Every query key begins with the workspace, so that a prefix names all that a change may have touched. */
export const keys = {
  session: ["session"] as const,
  account: (part?: string) => ["account", ...rest(part)] as const,
  workspace: (ws: string) => [ws] as const,
  blueprint: (ws: string) => [ws, "blueprint"] as const,
  views: (ws: string, object: string) => [ws, "views", object] as const,
  home: (ws: string) => [ws, "home"] as const,
  notifications: (ws: string) => [ws, "notifications"] as const,
  handoffs: (ws: string, query?: Json) => [ws, "handoffs", ...rest(query)] as const,
  insight: (ws: string, name?: string, query?: Json) => [ws, "insight", ...rest(name), ...rest(query)] as const,
  imports: (ws: string, id?: string) => [ws, "imports", ...rest(id)] as const,
  tokens: (ws: string) => [ws, "tokens"] as const,
  protection: (ws: string) => [ws, "protection"] as const,
  search: (ws: string, q: string) => [ws, "search", q] as const,
  object: (ws: string, object: string) => [ws, "records", object] as const,
  /** Everything that shows several records of the object: lists, boards, aggregates. */
  sets: (ws: string, object: string) => [ws, "records", object, "set"] as const,
  list: (ws: string, object: string, query: Json) => [ws, "records", object, "set", "list", query] as const,
  board: (ws: string, object: string, query: Json) => [ws, "records", object, "set", "board", query] as const,
  aggregate: (ws: string, object: string, query: Json) => [ws, "records", object, "set", "aggregate", query] as const,
  record: (ws: string, object: string, id: string) => [ws, "records", object, "one", id] as const,
  /** What hangs on one record: timeline, track, comments, files, related, moves, deliverables … */
  part: (ws: string, object: string, id: string, name: string, query?: Json) =>
    [ws, "records", object, "one", id, name, ...rest(query)] as const,
};

function rest<T extends Json>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
