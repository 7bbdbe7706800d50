import { asList, isEmpty, type FieldDef, type Json } from "@/api";
import { targetOf, useFieldText, useTitles } from "@/fields";
import { useText } from "@/i18n/use-text";

import styles from "./record.module.css";

type Props = { object: string; field: FieldDef; change: [Json, Json] | undefined };

/** What a value was and what it became, in words. */
export function ChangeText({ object, field, change }: Props) {
  const { t } = useText();
  const [before, after] = change ?? [null, null];
  return (
    <span className={styles["change"]}>
      <del>{isEmpty(before) ? t("common.empty") : <ValueWords object={object} field={field} value={before} />}</del>
      <span aria-hidden="true"> → </span>
      <ins>{isEmpty(after) ? t("common.empty") : <ValueWords object={object} field={field} value={after} />}</ins>
    </span>
  );
}

/** The log keeps the ids of other records; people read their names. */
function ValueWords({ object, field, value }: { object: string; field: FieldDef; value: Json }) {
  const text = useFieldText();
  const target = targetOf(field);
  const ids = target ? asList(value).filter((one) => typeof one === "string") : [];
  const titles = useTitles(target, ids);
  if (ids.length > 0) return <>{ids.map((id) => titles.get(id) ?? "…").join(", ")}</>;
  return <>{text(object, field, value)}</>;
}
