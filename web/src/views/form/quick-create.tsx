import { lazy, Suspense, useCallback, useState, type ReactNode } from "react";

import { useWorkspace, type Titled } from "@/api";
import { QuickCreateContext, type QuickCreate } from "@/fields/reference/quick-create";

import type { Asked } from "./quick-form";

const QuickForm = lazy(() => import("./quick-form").then((module) => ({ default: module.QuickForm })));

/** Lets pickers create what they do not find, asking only for what is required. */
export function QuickCreateProvider({ children }: { children: ReactNode }) {
  const { object } = useWorkspace();
  const [asked, setAsked] = useState<Asked | null>(null);
  const create = useCallback<QuickCreate>(
    (key, name) =>
      new Promise((answer) => {
        const def = object(key);
        if (def) setAsked({ def, name, answer });
        else answer(null);
      }),
    [object],
  );
  const finish = (made: Titled | null) => {
    asked?.answer(made);
    setAsked(null);
  };
  return (
    <QuickCreateContext value={create}>
      {children}
      {asked && (
        <Suspense fallback={null}>
          <QuickForm key={`${asked.def.key} ${asked.name}`} {...asked} answer={finish} />
        </Suspense>
      )}
    </QuickCreateContext>
  );
}
