import type { Condition, Label } from "@/api";

export const SCOPES = ["own", "created", "shared", "subordinates", "department", "department_tree", "all"] as const;
export type ScopeName = (typeof SCOPES)[number];

/** Which records: a named scope, or those for which a condition holds. */
export type Scope = ScopeName | { condition: Condition };

export const SCOPED = ["read", "update", "delete", "transfer"] as const;
export const FLAGS = ["create", "import", "export"] as const;
export type Scoped = (typeof SCOPED)[number];
export type Flag = (typeof FLAGS)[number];

export const FIELD_ACCESS = ["write", "read", "hidden"] as const;
export type FieldAccess = (typeof FIELD_ACCESS)[number];

export const RIGHTS = ["members", "blueprint", "dashboard", "audit", "verify"] as const;
export type Right = (typeof RIGHTS)[number];

export type ObjectRights = Record<Flag, boolean> & Record<Scoped, Scope[]> & { fields: Record<string, FieldAccess> };

export type Role = {
  label: Label;
  description: Label | null;
  rights: Right[];
  /** The administrator: every object, every record, every field. */
  everything: boolean;
  objects: Record<string, ObjectRights>;
};

export type Roles = { version: number; roles: Record<string, Role> };
