import { useState } from "react";

import { useFiles, useRelated, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";

import { FieldsColumn } from "./fields-column";
import { FilesSection } from "./files-section";
import styles from "./record.module.css";
import { RelatedLists } from "./related-lists";

const TABS = ["fields", "related", "files"] as const;

type Tab = (typeof TABS)[number];

/** What is known of the record, what points to it, and its files, each one click away. */
export function RightColumn({ def, row }: { def: ObjectDef; row: Row }) {
  const { t } = useText();
  const [tab, setTab] = useState<Tab>("fields");
  const related = useRelated(def.key, row.id);
  const files = useFiles(def.key, row.id);
  const counts: Record<Tab, number> = {
    fields: 0,
    related: related.data?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0,
    files: files.data?.items.length ?? 0,
  };
  return (
    <>
      <div className={styles["tabs"]} role="tablist" aria-label={t("record.details")}>
        {TABS.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} className={styles["tab"]} onClick={() => setTab(name)}>
            {t(`record.right.${name}`)} {counts[name] > 0 && <span className="quiet">{counts[name]}</span>}
          </button>
        ))}
      </div>
      {tab === "fields" && <FieldsColumn def={def} row={row} />}
      {tab === "related" && <RelatedLists object={def.key} row={row} />}
      {tab === "files" && <FilesSection object={def.key} id={row.id} canAdd={row.can?.update ?? false} />}
    </>
  );
}
