import { Link } from "@tanstack/react-router";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { LineSkeleton, Tag, Time, type Tone } from "@/ui";

import styles from "./start.module.css";
import type { ImportState, RecentImport } from "./types";

const TONES: Record<ImportState, Tone> = {
  draft: "plain",
  checking: "amber",
  running: "accent",
  done: "green",
  failed: "red",
  cancelled: "grey",
  undone: "grey",
};

export function StateTag({ state }: { state: ImportState }) {
  const { t } = useText();
  return <Tag tone={TONES[state]}>{t(`intake.state.${state}`)}</Tag>;
}

/** What was brought in before, to look at its result or take it back. */
export function RecentImports({ runs, bare = false }: { runs: RecentImport[] | undefined; bare?: boolean }) {
  const { t } = useText();
  return (
    <section className={styles["recent"]} aria-label={t("intake.recent")}>
      {!bare && <h2>{t("intake.recent")}</h2>}
      {!runs && <LineSkeleton lines={3} />}
      {runs?.length === 0 && <p className="quiet">{t("intake.recentNone")}</p>}
      {runs && runs.length > 0 && (
        <ul>
          {runs.map((run) => (
            <RecentLine key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RecentLine({ run }: { run: RecentImport }) {
  const { t, label } = useText();
  const { ws, object } = useWorkspace();
  const result = run.result;
  return (
    <li>
      <Link
        to="/w/$ws/import/$object"
        params={{ ws, object: run.object }}
        search={{ id: run.id }}
        className={styles["line"] ?? ""}
      >
        <span className={styles["lineName"]}>
          <span className="cut">{run.file_name}</span>
          <small className="quiet cut">
            {label(object(run.object)?.label)}
            {run.by?.title ? ` · ${run.by.title}` : ""} · <Time at={run.at} />
          </small>
        </span>
        {result && run.state === "done" && (
          <span className={styles["lineNumbers"]}>
            {t("intake.shortResult", { created: result.created, updated: result.updated, rejected: result.rejected })}
          </span>
        )}
        <StateTag state={run.state} />
      </Link>
    </li>
  );
}
