import { usePanels } from "@/shell/panels";
import { SidePanel } from "@/ui";

export function RecordPanel({ object, id }: { object: string; id: string }) {
  const { closeRecord } = usePanels();
  return (
    <SidePanel label={object} onClose={closeRecord}>
      {id}
    </SidePanel>
  );
}
