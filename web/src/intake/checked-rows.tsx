import { useWorkspace, type FieldDef, type ObjectDef } from "@/api";
import { useFieldText } from "@/fields";
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
            <Problems def={def} row={row} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function RowValues({ def, row }: { def: ObjectDef; row: CheckedRow }) {
  const { label } = useText();
  const text = useFieldText();
  const known = def.fields.flatMap((field: FieldDef) => {
    const shown = text(def.key, field, row.values?.[field.key]);
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
  const kind = label(object(row.with.object)?.label);
  return (
    <span className={styles["same"]}>
      {t("intake.sameAs", { object: kind })}{" "}
      {row.with.id ? (
        <RecordLink object={row.with.object} id={row.with.id}>
          {row.with.title}
        </RecordLink>
      ) : (
        (row.with.title ?? t("intake.unseen"))
      )}
    </span>
  );
}

function Problems({ def, row }: { def: ObjectDef; row: CheckedRow }) {
  const { label } = useText();
  return row.problems?.map((problem) => {
    const field = def.fields.find((one) => one.key === problem.path);
    return (
      <span key={`${problem.path}${problem.text}`} className={styles["bad"]}>
        {field ? `${label(field.label)}: ` : problem.path ? `${problem.path}: ` : ""}
        {problem.text}
      </span>
    );
  });
}
