import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import { useText } from "@/i18n/use-text";
import { RecordSkeleton, SidePanel } from "@/ui";

import { useOpened, usePanels } from "./panels";

const route = getRouteApi("/w/$ws");

const RecordPanel = lazy(() => import("@/views/record/record-panel").then((m) => ({ default: m.RecordPanel })));
const CreatePanel = lazy(() => import("@/views/form/create-panel").then((m) => ({ default: m.CreatePanel })));

/** Records and forms that lie over the page, whichever page it is. */
export function PanelHost() {
  const opened = useOpened();
  const { create, preset } = route.useSearch();
  const { closeRecord, closeCreate } = usePanels();
  return (
    <>
      {opened && (
        <Suspense fallback={<Waiting onClose={closeRecord} />}>
          <RecordPanel key={`${opened.object}:${opened.id}`} object={opened.object} id={opened.id} />
        </Suspense>
      )}
      {create && (
        <Suspense fallback={<Waiting onClose={closeCreate} />}>
          <CreatePanel key={create} object={create} preset={preset ?? {}} />
        </Suspense>
      )}
    </>
  );
}

function Waiting({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  return (
    <SidePanel label={t("common.loading")} onClose={onClose}>
      <RecordSkeleton />
    </SidePanel>
  );
}
