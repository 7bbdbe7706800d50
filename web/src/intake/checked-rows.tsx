import { asText, useWorkspace, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";

import styles from "./check.module.css";
import type { CheckedRow } from "./types";

const FEW = 5;

/** Rows by their number in the file: what they hold, what they are the same as, or what is wrong with them. */
export function CheckedRows({ def, rows }: { def: ObjectDef; rows: CheckedRow[] }) {
  const { t } = useText();
  return (
    <ul className={styles["list"]}>
      {rows.map((row) => (
        <li key={row.row} className={styles["line"]}>
          <span className={styles["lineRow"]}>{t("intake.rowNumber", { n: row.row })}</span>
          <span className={styles["lineText"]}>
            <RowValues def={def} row={row} />
            <Same row={row} />
            <Problems row={row} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function RowValues({ def, row }: { def: ObjectDef; row: CheckedRow }) {
  const { label } = useText();
  const known = def.fields.flatMap((field) => {
    const shown = asText(row.values?.[field.key]);
    return shown ? [{ key: field.key, name: label(field.label), shown, first: field.key === def.title }] : [];
  });
  if (known.length === 0) return null;
  const [title, ...others] = known.sort((a, b) => Number(b.first) - Number(a.first)).slice(0, FEW + 1);
  return (
    <span>
      <strong>{title?.shown}</strong>{" "}
      {others.map((one) => (
        <span key={one.key} className={styles["value"]} title={one.name}>
          {one.shown}
        </span>
      ))}
    </span>
  );
}

/** What a known row is the same as; what the reader may not open has no link. */
function Same({ row }: { row: CheckedRow }) {
  const { t, label } = useText();
  const { object } = useWorkspace();
  if (!row.with) return null;
  if (row.with.row) return <span className={styles["same"]}>{t("intake.sameRow", { n: row.with.row })}</span>;
  if (!row.with.id) return row.reasons?.map((text) => <span key={text} className={styles["same"]}>{text}</span>);
  const kind = label(object(row.with.object)?.label);
  return (
    <span className={styles["same"]}>
      {t("intake.sameAs", { object: kind })}{" "}
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
