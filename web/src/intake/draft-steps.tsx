import { getRouteApi } from "@tanstack/react-router";

import type { ObjectDef } from "@/api";
import type { ImportStep } from "@/routes/search";

import { CheckStep } from "./check-step";
import { MatchStep } from "./match-step";
import type { ImportRun } from "./types";
import { useDraft } from "./use-draft";

const route = getRouteApi("/w/$ws/import/$object");

type Props = { def: ObjectDef; run: ImportRun; step: Exclude<ImportStep, "file"> };

/** Matching and checking share the draft, so that going back keeps what was chosen. */
export function DraftSteps({ def, run, step }: Props) {
  const navigate = route.useNavigate();
  const [draft, setDraft] = useDraft(run, def.traits.includes("owned"));
  const go = (to: ImportStep) => void navigate({ search: { id: run.id, step: to } });
  if (step === "match") return <MatchStep def={def} run={run} draft={draft} onStep={go} onChange={setDraft} />;
  return <CheckStep def={def} run={run} draft={draft} onStep={go} />;
}
