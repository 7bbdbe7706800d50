import { asText, useWorkspace, type FieldDef, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";

import styles from "./check.module.css";
import type { CheckedRow } from "./types";

const FEW = 6;

/** Rows by their number in the file: what they hold, what they are the same as, or what is wrong with them. */
export function CheckedRows({ def, rows }: { def: ObjectDef; rows: CheckedRow[] }) {
  const { t, label } = useText();
  const fields = shownFields(def, rows);
  const remarks = rows.some((row) => row.with || row.problems || row.reasons);
  return (
    <div className={styles["tableBox"]}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("intake.row")}</th>
            {remarks && <th scope="col">{t("intake.remark")}</th>}
            {fields.map((field) => (
              <th key={field.key} scope="col">
                {label(field.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <th scope="row">{row.row}</th>
              {remarks && (
                <td className={styles["remark"]}>
                  <Same row={row} />
                  <Problems row={row} />
                </td>
              )}
              {fields.map((field) => (
                <td key={field.key}>{asText(row.values?.[field.key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The title, then the fields most rows have something in. */
function shownFields(def: ObjectDef, rows: CheckedRow[]): FieldDef[] {
  const filled = (field: FieldDef) => rows.filter((row) => asText(row.values?.[field.key]) !== "").length;
  const weight = (field: FieldDef) => (field.key === def.title ? Infinity : filled(field));
  return def.fields
    .filter((field) => filled(field) > 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, FEW);
}

/** What a known row is the same as; what the reader may not open is only described. */
function Same({ row }: { row: CheckedRow }) {
  const { t, label } = useText();
  const { object } = useWorkspace();
  if (!row.with) return null;
  if (row.with.row) return <span className={styles["same"]}>{t("intake.sameRow", { n: row.with.row })}</span>;
  if (!row.with.id) {
    return row.reasons?.map((text) => (
      <span key={text} className={styles["same"]}>
        {text}
      </span>
    ));
  }
  return (
    <span className={styles["same"]}>
      {t("intake.sameAs", { object: label(object(row.with.object)?.label) })}{" "}
      <RecordLink object={row.with.object} id={row.with.id}>
        {row.with.title}
      </RecordLink>
    </span>
  );
}

/** A place is the cell as Excel calls it, so it is found in the file at once. */
function Problems({ row }: { row: CheckedRow }) {
  return row.problems?.map((problem) => (
    <span key={`${problem.path}${problem.text}`} className={styles["bad"]}>
      {problem.path ? `${problem.path}: ` : ""}
      {problem.text}
    </span>
  ));
}
