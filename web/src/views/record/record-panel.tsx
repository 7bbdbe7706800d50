import { useNavigate } from "@tanstack/react-router";

import { useObject, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { Button, ExpandAltOutlined, NoPermission, SidePanel } from "@/ui";

import { RecordView } from "./record-view";

const WIDTH = 860;

/** A record over the list it was opened from. */
export function RecordPanel({ object, id }: { object: string; id: string }) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const { closeRecord } = usePanels();
  const navigate = useNavigate();
  const def = useObject(object);
  const name = label(def?.label);
  const expand = () => void navigate({ to: "/w/$ws/o/$object/$id", params: { ws, object, id } });
  return (
    <SidePanel
      label={name}
      title={<span className="quiet">{name}</span>}
      onClose={closeRecord}
      width={WIDTH}
      tools={
        <Button type="text" icon={<ExpandAltOutlined />} onClick={expand} aria-label={t("record.fullPage")} title={t("record.fullPage")} />
      }
    >
      {def ? <RecordView def={def} id={id} onGone={closeRecord} /> : <NoPermission />}
    </SidePanel>
  );
}
