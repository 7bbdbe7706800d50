import { isEmpty, type FieldDef, type Json } from "@/api";
import { useFieldText } from "@/fields";
import { useText } from "@/i18n/use-text";

import styles from "./record.module.css";

type Props = { object: string; field: FieldDef; change: [Json, Json] | undefined };

/** What a value was and what it became, in words. */
export function ChangeText({ object, field, change }: Props) {
  const { t } = useText();
  const text = useFieldText();
  const [before, after] = change ?? [null, null];
  return (
    <span className={styles["change"]}>
      <del>{isEmpty(before) ? t("common.empty") : text(object, field, before)}</del>
      <span aria-hidden="true"> → </span>
      <ins>{isEmpty(after) ? t("common.empty") : text(object, field, after)}</ins>
    </span>
  );
}

