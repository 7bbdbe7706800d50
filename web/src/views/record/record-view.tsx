import { useRecord, useWorkspace, asText, type ObjectDef } from "@/api";
import { RelayBanner } from "@/relay/banner";
import { useText } from "@/i18n/use-text";
import { RelaySide } from "@/relay/side";
import { ErrorState, RecordSkeleton } from "@/ui";

import { RecordHeader } from "./record-header";
import styles from "./record.module.css";
import { RightColumn } from "./right-column";
import { Timeline } from "./timeline";
import { TrackBand } from "./track-band";

type Props = {
  def: ObjectDef;
  id: string;
  /** It is the page itself and does not lie over another. */
  page?: boolean;
  onGone: () => void;
};

/** Everything about one record. The columns follow the room there is, whether on a page or in a panel. */
export function RecordView({ def, id, page = false, onGone }: Props) {
  const { t } = useText();
  const record = useRecord(def.key, id);
  const { process } = useWorkspace();
  if (record.isPending) return <RecordSkeleton />;
  if (record.error && !record.data) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  const row = record.data;
  const runs = process(def.key, asText(row["process"]) || undefined);
  return (
    <article className={styles["record"]}>
      {page && <title>{`${asText(row[def.title])} · ${t("common.app")}`}</title>}
      <RecordHeader def={def} row={row} page={page} onGone={onGone} />
      {runs && <RelayBanner object={def.key} record={row} />}
      {runs && <TrackBand object={def.key} id={id} process={runs} />}
      <div className={runs ? styles["columns"] : `${styles["columns"]} ${styles["two"]}`}>
        {runs && (
          <div className={styles["side"]}>
            <RelaySide object={def.key} record={row} />
          </div>
        )}
        <div className={styles["middle"]}>
          <Timeline def={def} row={row} />
        </div>
        <div className={styles["right"]}>
          <RightColumn def={def} row={row} />
        </div>
      </div>
    </article>
  );
}
