import { createContext, useContext } from "react";

import { useWorkspace, type Titled } from "@/api";

/** Creates a record of the object from a name alone, asking for what else is required; null when given up. */
export type QuickCreate = (object: string, name: string) => Promise<Titled | null>;

/** The form for it is drawn far above the fields, which only ask for it. */
export const QuickCreateContext = createContext<QuickCreate | null>(null);

export function useQuickCreate(object: string): ((name: string) => Promise<Titled | null>) | null {
  const create = useContext(QuickCreateContext);
  const def = useWorkspace().object(object);
  if (!create || !def?.rights.create || object === "member" || object === "department") return null;
  return (name) => create(object, name);
}
