import { useState } from "react";

import { isProblem, sameJson, useSave, type Row, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, SidePanel, toast, useErrorText } from "@/ui";

import { FieldsForm } from "./fields-form";
import styles from "./people.module.css";

type Props = {
  object: string;
  row: Row;
  fields: string[];
  title: string;
  onClose: () => void;
};

const WIDTH = 520;

/** Changes some fields of a record; what was not touched is not sent. */
export function EditPanel({ object, row, fields, title, onClose }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const save = useSave(object);
  const before: Values = Object.fromEntries(fields.map((key) => [key, row[key] ?? null]));
  const [values, setValues] = useState(before);
  const changed = Object.fromEntries(Object.entries(values).filter(([key, value]) => !sameJson(value, before[key])));
  const refusal = isProblem(save.error) ? save.error : null;
  const send = () =>
    save.mutate(
      { id: row.id, values: changed },
      {
        onSuccess: () => {
          toast(t("common.saved"), { tone: "good" });
          onClose();
        },
      },
    );
  return (
    <SidePanel
      label={title}
      title={title}
      onClose={onClose}
      width={WIDTH}
      footer={
        <Button type="primary" onClick={send} disabled={Object.keys(changed).length === 0} loading={save.isPending}>
          {t("common.save")}
        </Button>
      }
    >
      <div className={styles["panel"]}>
        {save.error && (
          <p className={styles["problem"]} role="alert">
            {explain(save.error)}
          </p>
        )}
        <FieldsForm object={object} fields={fields} values={values} onChange={setValues} refusal={refusal} />
      </div>
    </SidePanel>
  );
}
