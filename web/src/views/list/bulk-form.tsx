import type { ReactNode } from "react";

import type { BatchOrder, ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, LineSkeleton, WarningOutlined } from "@/ui";

import styles from "./list.module.css";
import { useBulk, usePreview, type Outcome } from "./use-bulk";

type Props = {
  def: ObjectDef;
  /** Empty while the form does not say enough. */
  orders: BatchOrder[];
  submit: string;
  said: (n: number) => string;
  danger?: boolean;
  onDone: () => void;
  children?: ReactNode;
};

const SHOWN = 5;

/** What to do with the marked records, with a count of what it will reach before it is done. */
export function BulkForm({ def, orders, submit, said, danger = false, onDone, children }: Props) {
  const { run, pending } = useBulk(def.key);
  const preview = usePreview(def.key, orders);
  const go = async () => {
    if (await run(orders, said)) onDone();
  };
  return (
    <div className={styles["bulk"]}>
      {children}
      {preview.isFetching && <LineSkeleton lines={1} />}
      {preview.error && <ErrorState error={preview.error} compact />}
      {preview.data && !preview.isFetching && <Preview outcome={preview.data} />}
      <Button type="primary" danger={danger} disabled={!preview.data || preview.isFetching} loading={pending} onClick={() => void go()}>
        {submit}
      </Button>
    </div>
  );
}

function Preview({ outcome }: { outcome: Outcome }) {
  const { t } = useText();
  const { count, rejected, rejectedCount } = outcome;
  return (
    <div aria-live="polite">
      <p>{t("list.willReach", { n: (count - rejectedCount).toLocaleString() })}</p>
      {rejectedCount > 0 && (
        <>
          <p className={styles["warning"]}>
            <WarningOutlined aria-hidden="true" /> {t("list.willReject", { n: rejectedCount.toLocaleString() })}
          </p>
          <ul className={styles["rejected"]}>
            {rejected.slice(0, SHOWN).map((one) => (
              <li key={one.id}>
                {one.title}: {one.problems.map((problem) => problem.text).join(" ")}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
