import { asText } from "@/api";
import { useText } from "@/i18n/use-text";
import { Tooltip } from "@/ui";

import styles from "./file.module.css";
import type { ImportRun } from "./types";

type Props = { run: ImportRun; busy: boolean; onHeader: (row: number) => void };

/** The first rows under the names their columns have; a row can be made the header by its number. */
export function PreviewTable({ run, busy, onHeader }: Props) {
  const { t } = useText();
  return (
    <div className={busy ? `${styles["preview"]} ${styles["old"]}` : styles["preview"]} aria-busy={busy}>
      <table>
        <caption className="unseen">{t("intake.preview")}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles["rowNumber"]}>
              <span className="unseen">{t("intake.row")}</span>
            </th>
            {run.columns.map((column) => (
              <th key={column.index} scope="col" title={column.name}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.preview.map((row) => (
            <tr key={row.row}>
              <th scope="row" className={styles["rowNumber"]}>
                <Tooltip title={t("intake.makeHeader")} placement="right">
                  <button
                    type="button"
                    className="plain"
                    aria-label={t("intake.makeHeaderRow", { n: row.row })}
                    onClick={() => onHeader(row.row)}
                  >
                    {row.row}
                  </button>
                </Tooltip>
              </th>
              {run.columns.map((column) => (
                <td key={column.index}>{asText(row.cells[column.index])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
