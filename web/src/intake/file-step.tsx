import { getRouteApi } from "@tanstack/react-router";

import type { ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, InputNumber, Select, useErrorText } from "@/ui";

import { useReread, type Reading } from "./api";
import styles from "./file.module.css";
import { PreviewTable } from "./preview-table";
import type { ImportRun, SheetInfo } from "./types";
import { WizardFrame } from "./wizard-frame";

const route = getRouteApi("/w/$ws/import/$object");
const LAST_HEADER = 10_000;

/** Is this the right sheet and the right header? The first rows as they were understood tell. */
export function FileStep({ def, run }: { def: ObjectDef; run: ImportRun }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const reread = useReread(run.id);
  const explain = useErrorText();
  const read = (reading: Reading) => reread.mutate(reading);
  const footer = (
    <>
      <Button onClick={() => void navigate({ search: {} })}>{t("intake.otherFile")}</Button>
      <Button
        type="primary"
        disabled={reread.isPending || run.columns.length === 0}
        onClick={() => void navigate({ search: { id: run.id, step: "match" } })}
      >
        {t("intake.toMatch")}
      </Button>
    </>
  );
  return (
    <WizardFrame def={def} step="file" footer={footer}>
      <section className={styles["file"]}>
        <div>
          <h2 className="cut">{run.file_name}</h2>
          <p className="quiet">
            {t("intake.fileFacts", { rows: run.rows_estimate.toLocaleString(), columns: run.columns.length })}
          </p>
        </div>
        <div className={styles["reading"]}>
          {run.sheets.length > 1 && <SheetChoice sheets={run.sheets} value={run.sheet} onChange={(sheet) => read({ sheet })} />}
          <label className={styles["choice"]}>
            <span>{t("intake.headerRow")}</span>
            <InputNumber
              key={run.header_row}
              min={0}
              max={LAST_HEADER}
              defaultValue={run.header_row}
              changeOnWheel={false}
              aria-label={t("intake.headerRow")}
              onPressEnter={(event) => event.currentTarget.blur()}
              onBlur={(event) => {
                const row = Number(event.target.value);
                if (Number.isInteger(row) && row !== run.header_row) read({ header_row: row });
              }}
            />
          </label>
        </div>
      </section>
      {reread.error && (
        <p className={styles["problem"]} role="alert">
          {explain(reread.error)}
        </p>
      )}
      <PreviewTable run={run} busy={reread.isPending} onHeader={(row) => read({ header_row: row })} />
      <Notes run={run} />
    </WizardFrame>
  );
}

type SheetProps = { sheets: SheetInfo[]; value: string; onChange: (sheet: string) => void };

function SheetChoice({ sheets, value, onChange }: SheetProps) {
  const { t } = useText();
  return (
    <label className={styles["choice"]}>
      <span>{t("intake.sheet")}</span>
      <Select
        value={value}
        onChange={onChange}
        aria-label={t("intake.sheet")}
        popupMatchSelectWidth={false}
        options={sheets.map((sheet) => ({
          value: sheet.name,
          label: sheet.rows === null ? sheet.name : t("intake.sheetRows", { name: sheet.name, rows: sheet.rows }),
        }))}
      />
    </label>
  );
}

/** What was left out of the file, and why; nothing disappears silently. */
function Notes({ run }: { run: ImportRun }) {
  const { t } = useText();
  const warnings = run.warnings ?? [];
  if (run.dropped.length === 0 && warnings.length === 0) return null;
  return (
    <details className={styles["notes"]}>
      <summary>{t("intake.dropped", { count: run.dropped.length + warnings.length })}</summary>
      <ul>
        {warnings.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {run.dropped.map((row) => (
          <li key={row.row}>
            {t("intake.rowNumber", { n: row.row })} · {t(`intake.drop.${row.reason}`)} · <span className="quiet">{row.text}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
