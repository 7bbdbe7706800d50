import { useAggregate, type Condition, type Measure, type ObjectDef } from "@/api";
import { FieldDisplay, fieldType } from "@/fields";
import { useText } from "@/i18n/use-text";

import styles from "./list.module.css";

type Props = { def: ObjectDef; where: Condition; columns: string[]; total: { value: number; exact: boolean } | undefined; loaded: number };

/** Count and sums of everything the condition names, not only of what has been loaded. */
export function Totals({ def, where, columns, total, loaded }: Props) {
  const { t, label } = useText();
  const fields = columns.flatMap((key) => def.fields.find((field) => field.key === key && !field.system && fieldType(field).measure) ?? []);
  const measures = fields.map((field): Measure => ({ fn: fieldType(field).measure ?? "sum", field: field.key }));
  const sums = useAggregate(def.key, { where, measures }, measures.length > 0 && loaded > 0);
  const values = sums.data?.rows[0]?.values ?? [];
  const n = total?.value.toLocaleString() ?? "";
  return (
    <footer className={styles["totals"]} aria-live="polite">
      {total && <span>{total.exact ? t("list.count", { n }) : t("list.countAbout", { n })}</span>}
      {fields.map((field, index) => (
        <span key={field.key} className={styles["total"]}>
          <span className="quiet">
            {t(fieldType(field).measure === "avg" ? "list.average" : "list.sum", { field: label(field.label) })}
          </span>
          <strong>
            <FieldDisplay object={def.key} field={field} value={values[index] ?? null} tight />
          </strong>
        </span>
      ))}
    </footer>
  );
}
