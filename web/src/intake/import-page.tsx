import { getRouteApi } from "@tanstack/react-router";

import { useObject, type ObjectDef } from "@/api";
import { CardSkeleton, ErrorState, NoPermission } from "@/ui";

import { useImport } from "./api";
import { FileStep } from "./file-step";
import { RunStep } from "./run-step";
import { StartStep } from "./start-step";
import type { ImportRun } from "./types";
import { DraftSteps } from "./draft-steps";
import { WizardFrame } from "./wizard-frame";

const route = getRouteApi("/w/$ws/import/$object");

/** Brings a file of records in, in four steps; which import and which step stand in the address. */
export function ImportPage() {
  const { object } = route.useParams();
  const def = useObject(object);
  return def?.rights.import ? <Wizard key={object} def={def} /> : <NoPermission />;
}

function Wizard({ def }: { def: ObjectDef }) {
  const { id } = route.useSearch();
  const run = useImport(id);
  if (!id) return <StartStep def={def} />;
  if (run.data) return <RunSteps def={def} run={run.data} />;
  return (
    <WizardFrame def={def} step="file">
      {run.error ? <ErrorState error={run.error} onRetry={() => void run.refetch()} /> : <CardSkeleton />}
    </WizardFrame>
  );
}

function RunSteps({ def, run }: { def: ObjectDef; run: ImportRun }) {
  const { step = "file" } = route.useSearch();
  if (run.state !== "draft" && run.state !== "checking") return <RunStep def={def} run={run} />;
  if (step === "file") return <FileStep def={def} run={run} />;
  return <DraftSteps def={def} run={run} step={step} />;
}
