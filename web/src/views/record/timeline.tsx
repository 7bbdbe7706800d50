import { useState } from "react";

import { useTimeline, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, EmptyState, ErrorState, LineSkeleton } from "@/ui";

import { Composer } from "./composer";
import styles from "./record.module.css";
import { TimelineEntry } from "./timeline-entry";

/** What each tab shows; everything when none are named. */
const TABS = {
  all: [],
  follow: ["activity"],
  handoff: [
    "handoff_offered",
    "handoff_accepted",
    "handoff_returned",
    "handoff_expired",
    "handoff_withdrawn",
    "moved",
    "assigned",
    "blocked",
    "limit_warned",
    "limit_breached",
  ],
  change: ["created", "updated", "deleted", "restored", "converted", "merged", "undone", "deliverable_ticked"],
  comment: ["commented", "file_added", "file_removed"],
} satisfies Record<string, string[]>;

type Tab = keyof typeof TABS;

const NAMES: Tab[] = ["all", "follow", "handoff", "change", "comment"];

/** What happened with the record, the newest first. */
export function Timeline({ def, row }: { def: ObjectDef; row: Row }) {
  const { t } = useText();
  const [tab, setTab] = useState<Tab>("all");
  const timeline = useTimeline(def.key, row.id, TABS[tab]);
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles["timeline"]} aria-label={t("record.timeline")}>
      <Composer def={def} row={row} />
      <div className={styles["tabs"]} role="tablist" aria-label={t("record.timeline")}>
        {NAMES.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} className={styles["tab"]} onClick={() => setTab(name)}>
            {t(`record.tab.${name}`)}
          </button>
        ))}
      </div>
      {timeline.isPending && <LineSkeleton lines={6} />}
      {timeline.error && items.length === 0 && (
        <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} compact />
      )}
      {timeline.data && items.length === 0 && <EmptyState compact title={t("record.nothingYet")} />}
      <ol className={styles["entries"]}>
        {items.map((item) => (
          <TimelineEntry key={item.id} def={def} item={item} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button type="text" block onClick={() => void timeline.fetchNextPage()} loading={timeline.isFetchingNextPage}>
          {t("record.older")}
        </Button>
      )}
    </section>
  );
}
