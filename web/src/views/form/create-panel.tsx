import type { Values } from "@/api";
import { usePanels } from "@/shell/panels";
import { SidePanel } from "@/ui";

export function CreatePanel({ object, preset }: { object: string; preset: Values }) {
  const { closeCreate } = usePanels();
  return (
    <SidePanel label={object} onClose={closeCreate}>
      {Object.keys(preset).length}
    </SidePanel>
  );
}
