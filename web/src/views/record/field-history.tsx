import { useEffect } from "react";

import { useTimeline, type FieldDef, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { ErrorState, LineSkeleton, Time } from "@/ui";

import { ChangeText } from "./change-text";
import styles from "./record.module.css";

const KINDS = ["created", "updated", "undone", "merged", "assigned"];
const PAGES = 4;

/** Every value a field has had, the newest first. */
export function FieldHistory({ def, field, row }: { def: ObjectDef; field: FieldDef; row: Row }) {
  const { t } = useText();
  const timeline = useTimeline(def.key, row.id, KINDS);
  const { hasNextPage, isFetching, fetchNextPage } = timeline;
  const loaded = timeline.data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && loaded < PAGES) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, loaded]);
  if (timeline.isPending) return <LineSkeleton />;
  if (timeline.error) return <ErrorState error={timeline.error} compact />;
  const entries = timeline.data.pages.flatMap((page) => page.items).filter((item) => item.changes?.[field.key]);
  return (
    <ul className={styles["history"]}>
      {entries.map((item) => (
        <li key={item.id}>
          <span className="quiet">
            {item.actor?.title ?? t("common.unknownPerson")} · <Time at={item.at} />
          </span>
          {item.changes?.[field.key] && <ChangeText object={def.key} field={field} change={item.changes[field.key]} />}
        </li>
      ))}
      {entries.length === 0 && <li className="quiet">{t("record.noHistory")}</li>}
    </ul>
  );
}
