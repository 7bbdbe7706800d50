import { useState } from "react";

import { asText, isProblem, useCreate, type Row, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, SidePanel, toast, useErrorText } from "@/ui";

import { FieldsForm } from "../fields-form";
import styles from "../people.module.css";

const FIELDS = ["name", "parent", "head", "description"];
const WIDTH = 520;

export function AddDepartment({ parent, onClose }: { parent: Row | null; onClose: () => void }) {
  const { t } = useText();
  const explain = useErrorText();
  const create = useCreate("department");
  const [values, setValues] = useState<Values>(parent ? { parent: { id: parent.id, title: asText(parent["name"]) } } : {});
  const refusal = isProblem(create.error) ? create.error : null;
  const send = () =>
    create.mutate(
      { values },
      {
        onSuccess: (row) => {
          toast(t("admin.added", { name: asText(row["name"]) }), { tone: "good" });
          onClose();
        },
      },
    );
  return (
    <SidePanel
      label={t("admin.addDepartment")}
      title={t("admin.addDepartment")}
      onClose={onClose}
      width={WIDTH}
      footer={
        <Button type="primary" onClick={send} disabled={asText(values["name"]).trim() === ""} loading={create.isPending}>
          {t("admin.addDepartment")}
        </Button>
      }
    >
      <div className={styles["panel"]}>
        {refusal && (
          <p className={styles["problem"]} role="alert">
            {explain(refusal)}
          </p>
        )}
        <FieldsForm object="department" fields={FIELDS} values={values} onChange={setValues} refusal={refusal} />
      </div>
    </SidePanel>
  );
}
