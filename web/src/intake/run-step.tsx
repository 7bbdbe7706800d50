import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";

import { keys, useWorkspace, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { listOf } from "@/routes/search";
import { Button, DownloadOutlined, Progress, UploadOutlined, useErrorText, toast } from "@/ui";

import { resultAddress, useCancelImport, useImports } from "./api";
import { importedWhere } from "./imported";
import { StateTag } from "./recent-imports";
import styles from "./run.module.css";
import type { ImportResult, ImportRun } from "./types";
import { UndoImport } from "./undo-import";
import { WizardFrame } from "./wizard-frame";

/** The run as it goes on, and what came of it. */
export function RunStep({ def, run }: { def: ObjectDef; run: ImportRun }) {
  useNewFields(run);
  return (
    <WizardFrame def={def} step="run">
      <section className={styles["run"]} aria-live="polite">
        <h2 className={styles["title"]}>
          <span className="cut">{run.file_name}</span> <StateTag state={run.state} />
        </h2>
        {run.state === "running" || run.state === "checking" ? <Running run={run} /> : <Over def={def} run={run} />}
      </section>
    </WizardFrame>
  );
}

/** Fields that the import added are part of the blueprint, which open screens have read before. */
function useNewFields(run: ImportRun): void {
  const client = useQueryClient();
  const { ws, object } = useWorkspace();
  const known = new Set(object(run.object)?.fields.map((field) => field.key));
  const added = run.result?.added_fields?.some((key) => !known.has(key)) ?? false;
  useEffect(() => {
    if (added) void client.invalidateQueries({ queryKey: keys.blueprint(ws) });
  }, [added, client, ws]);
}

function Running({ run }: { run: ImportRun }) {
  const { t } = useText();
  const cancel = useCancelImport(run.id);
  const explain = useErrorText();
  const { done, total } = run.progress ?? { done: 0, total: run.rows_estimate };
  const percent = total > 0 ? Math.min(99, Math.floor((done / total) * 100)) : 0;
  return (
    <div className={styles["running"]}>
      <Progress percent={percent} status="active" aria-label={t("intake.progress")} />
      <p>{t("intake.progressText", { done: done.toLocaleString(), total: total.toLocaleString() })}</p>
      <p className="quiet">{t("intake.leaveText")}</p>
      <Button
        onClick={() => cancel.mutate(undefined, { onError: (error) => toast(explain(error), { tone: "bad" }) })}
        loading={cancel.isPending}
      >
        {t("intake.cancel")}
      </Button>
    </div>
  );
}

function Over({ def, run }: { def: ObjectDef; run: ImportRun }) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const result = run.result;
  const recent = useImports();
  const where = importedWhere(recent.data?.items.find((one) => one.id === run.id));
  return (
    <>
      {run.state === "failed" && (
        <p className={styles["failed"]} role="alert">
          {run.error?.text ?? t("intake.failedText")}
        </p>
      )}
      {run.state === "cancelled" && <p>{t("intake.cancelledText")}</p>}
      {result && <Numbers result={result} />}
      <div className={styles["actions"]}>
        {run.state === "done" && where && result && result.created + result.updated > 0 && (
          <Link to="/w/$ws/o/$object" params={{ ws, object: def.key }} search={listOf(where, def)}>
            <Button type="primary">{t("intake.openRecords", { object: label(def.plural ?? def.label) })}</Button>
          </Link>
        )}
        {result && (
          <a href={resultAddress(ws, run.id)} download>
            <Button icon={<DownloadOutlined />}>{t("intake.resultFile")}</Button>
          </a>
        )}
        <Link to="/w/$ws/import/$object" params={{ ws, object: def.key }} search={{}}>
          <Button icon={<UploadOutlined />}>{t("intake.another")}</Button>
        </Link>
      </div>
      <UndoImport run={run} />
    </>
  );
}

const NUMBERS = ["created", "updated", "skipped", "rejected"] as const;

function Numbers({ result }: { result: ImportResult }) {
  const { t } = useText();
  const sentences = [
    t("intake.summary", { rows: result.rows.toLocaleString(), seconds: result.seconds.toFixed(1) }),
    ...(result.added_fields?.length ? [t("intake.addedFields", { count: result.added_fields.length })] : []),
    ...(result.warnings ?? []),
  ];
  return (
    <>
      <dl className={styles["numbers"]}>
        {NUMBERS.map((key) => (
          <div key={key} className={styles[key]}>
            <dt>{t(`intake.result.${key}`)}</dt>
            <dd>{result[key].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {sentences.map((text) => (
        <p key={text} className="quiet">
          {text}
        </p>
      ))}
    </>
  );
}
