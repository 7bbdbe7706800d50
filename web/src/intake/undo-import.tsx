import type { UndoResult } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Button, Pop, UndoOutlined, useErrorText } from "@/ui";

import { useUndoImport } from "./api";
import styles from "./run.module.css";
import type { ImportRun } from "./types";

/** Takes the whole import back. What others changed since stays, and is named. */
export function UndoImport({ run }: { run: ImportRun }) {
  const { t } = useText();
  const undo = useUndoImport(run.id);
  const explain = useErrorText();
  const result = run.result;
  const possible = run.state === "done" && result && result.batch;
  return (
    <div className={styles["undo"]}>
      {possible && !undo.isSuccess && (
        <Pop
          title={t("intake.undo")}
          placement="topLeft"
          content={(close) => (
            <div className={styles["confirm"]}>
              <p>{t("intake.undoText", { created: result.created.toLocaleString(), updated: result.updated.toLocaleString() })}</p>
              <p className="quiet">{t("intake.undoNote")}</p>
              <Button
                danger
                type="primary"
                onClick={() => {
                  close();
                  undo.mutate();
                }}
              >
                {t("intake.undoNow")}
              </Button>
            </div>
          )}
        >
          <Button danger icon={<UndoOutlined />} loading={undo.isPending}>
            {t("intake.undo")}
          </Button>
        </Pop>
      )}
      {undo.error && (
        <p className={styles["failed"]} role="alert">
          {explain(undo.error)}
        </p>
      )}
      {undo.data && <Undone result={undo.data} />}
    </div>
  );
}

function Undone({ result }: { result: UndoResult }) {
  const { t } = useText();
  return (
    <div role="status">
      <p>{t("intake.undone", { n: result.restored.toLocaleString() })}</p>
      {result.conflicts.length > 0 && (
        <>
          <p>{t("intake.undoConflicts", { count: result.conflicts.length })}</p>
          <ul className={styles["conflicts"]}>
            {result.conflicts.map((one) => (
              <li key={one.id}>
                <RecordLink object={one.object} id={one.id}>
                  {one.title}
                </RecordLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
