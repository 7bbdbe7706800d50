import { isObject, type Json, type JsonObject } from "./json";

export type FieldProblem = { path: string; code: string; text: string };

export type DuplicateMatch = {
  object: string;
  id: string | null;
  title: string | null;
  owner: { id: string; title: string } | null;
  kind: string;
  field?: string;
  visible: boolean;
  /** Cannot be overridden by whoever enters the record. */
  strict?: boolean;
  /** The value is not equal, but probably means the same. */
  alike?: boolean;
};

/** What the server said no to, as problem+json. `title` is a sentence in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly problems: FieldProblem[];
  readonly detail: JsonObject;

  constructor(status: number, body: JsonObject) {
    super(typeof body["title"] === "string" ? body["title"] : `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = typeof body["code"] === "string" ? body["code"] : "unknown";
    this.problems = list(body["problems"]).filter(isFieldProblem);
    this.detail = body;
  }

  /** The record as it is now, when somebody else changed it first. */
  get current(): JsonObject | undefined {
    const current = this.detail["current"];
    return isObject(current) ? current : undefined;
  }

  get matches(): DuplicateMatch[] {
    return list(this.detail["matches"]).filter(isMatch);
  }

  /** Which fields and deliverables a gate still waits for. */
  get missing(): { fields: string[]; deliverables: string[] } {
    const missing = this.detail["missing"];
    if (!isObject(missing)) return { fields: [], deliverables: [] };
    return { fields: texts(missing["fields"]), deliverables: texts(missing["deliverables"]) };
  }

  at(path: string): string | undefined {
    return this.problems.find((problem) => problem.path === path || problem.path === `values.${path}`)?.text;
  }
}

/** The network did not answer; nothing is known about what the server did. */
export const OFFLINE = 0;

export function isProblem(error: Error | null | undefined, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: Json | undefined): string[] {
  return list(value).filter((item) => typeof item === "string");
}

function isFieldProblem(value: Json): value is FieldProblem {
  return isObject(value) && typeof value["path"] === "string" && typeof value["text"] === "string";
}

function isMatch(value: Json): value is DuplicateMatch & JsonObject {
  return isObject(value) && typeof value["object"] === "string";
}
