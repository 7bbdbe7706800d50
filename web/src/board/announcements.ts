import type { Active, Announcements, Over } from "@dnd-kit/core";

import type { ProcessDef } from "@/api";
import { useText } from "@/i18n/use-text";

/** What screen readers hear while a card is dragged. */
export function useAnnouncements(process: ProcessDef) {
  const { t, label } = useText();
  const name = (active: Active): string => String(active.data.current?.["name"] ?? "");
  const stage = (over: Over | null): string => label(process.stages.find((one) => one.key === over?.id)?.label);
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("board.say.lifted", { name: name(active) }),
    onDragOver: ({ active, over }) =>
      over ? t("board.say.over", { name: name(active), stage: stage(over) }) : t("board.say.nowhere", { name: name(active) }),
    onDragEnd: ({ active, over }) =>
      over ? t("board.say.dropped", { name: name(active), stage: stage(over) }) : t("board.say.cancelled", { name: name(active) }),
    onDragCancel: ({ active }) => t("board.say.cancelled", { name: name(active) }),
  };
  return { announcements, screenReaderInstructions: { draggable: t("board.say.how") } };
}
