import { useState } from "react";

import { useWorkspace, type Condition, type ObjectDef } from "@/api";
import { address } from "@/api/client";
import { path } from "@/api/records";
import { useText } from "@/i18n/use-text";
import { Modal, Radio, Segmented } from "@/ui";
import { ConditionText } from "@/views/conditions/condition-text";

import styles from "./list.module.css";

type Props = { def: ObjectDef; where: Condition; columns: string[]; total: number | undefined; onClose: () => void };

/** Says what will be in the file before it is made: only what the reader may see. */
export function ExportDialog({ def, where, columns, total, onClose }: Props) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const [format, setFormat] = useState<"xlsx" | "csv">("xlsx");
  const [all, setAll] = useState(false);
  const fields = all ? def.fields.filter((field) => field.key !== "version") : def.fields.filter((field) => columns.includes(field.key));
  const download = () => {
    const query = { format, where, columns: fields.map((field) => field.key).join(",") };
    window.location.assign(address(`${path(ws, def.key)}/export`, query));
    onClose();
  };
  return (
    <Modal open title={t("list.export")} okText={t("list.download")} onOk={download} onCancel={onClose} width={520}>
      <div className={styles["export"]}>
        <p>
          {total === undefined
            ? t("list.exportSome", { object: label(def.label) })
            : t("list.exportCount", { n: total.toLocaleString(), object: label(def.label) })}
        </p>
        {Object.keys(where).length > 0 && (
          <p className="quiet">
            <ConditionText object={def.key} condition={where} />
          </p>
        )}
        <Segmented<"xlsx" | "csv">
          value={format}
          onChange={setFormat}
          options={[
            { value: "xlsx", label: "Excel (.xlsx)" },
            { value: "csv", label: "CSV" },
          ]}
        />
        <Radio.Group value={all} onChange={(event) => setAll(event.target.value === true)}>
          <Radio value={false}>{t("list.exportShown")}</Radio>
          <Radio value={true}>{t("list.exportAll")}</Radio>
        </Radio.Group>
        <p className="quiet">{fields.map((field) => label(field.label)).join(" · ")}</p>
        <p className="quiet">{t("list.exportNote")}</p>
      </div>
    </Modal>
  );
}
