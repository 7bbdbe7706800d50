import { useNavigate } from "@tanstack/react-router";

import { useList, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { Button, CheckOutlined, EmptyState, PlusOutlined, UploadOutlined } from "@/ui";

const FIRST = ["lead", "opportunity", "account"];

/** Nothing to do: rest, or, where there is nothing at all yet, the first step. */
export function FirstSteps({ compact }: { compact: boolean }) {
  const { t, label } = useText();
  const { ws, object } = useWorkspace();
  const navigate = useNavigate();
  const { startCreate } = usePanels();
  const def = FIRST.map((key) => object(key)).find((one) => one?.rights.create);
  const list = useList(def?.key ?? "lead", { limit: 1, columns: ["id"] }, def !== undefined);
  const empty = list.data?.pages[0]?.items.length === 0;
  const name = label(def?.label);
  return (
    <EmptyState
      compact={compact}
      icon={<CheckOutlined aria-hidden="true" />}
      title={t(empty ? "home.begin" : "home.allDone")}
      text={t(empty ? "home.beginText" : "home.allDoneText")}
      action={
        def && (
          <>
            {empty && def.rights.import && (
              <Button
                type="primary"
                icon={<UploadOutlined aria-hidden="true" />}
                onClick={() => void navigate({ to: "/w/$ws/import/$object", params: { ws, object: def.key } })}
              >
                {t("list.importOf", { object: name })}
              </Button>
            )}
            <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => startCreate(def.key)}>
              {t("shell.newOf", { object: name })}
            </Button>
          </>
        )
      }
    />
  );
}
