import { useWhy, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { LineSkeleton, Modal, useErrorText } from "@/ui";
import { TransferForm } from "@/views/list/bulk-actions";

import styles from "./record.module.css";

/** By which of their roles somebody sees the record. */
export function WhyDialog({ object, id, onClose }: { object: string; id: string; onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal open title={t("record.why")} footer={null} onCancel={onClose}>
      <Reasons object={object} id={id} />
    </Modal>
  );
}

export function TransferDialog({ def, id, onClose }: { def: ObjectDef; id: string; onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal open title={t("list.transfer")} footer={null} onCancel={onClose} width={360}>
      <TransferForm def={def} target={{ ids: [id] }} onDone={onClose} />
    </Modal>
  );
}

function Reasons({ object, id }: { object: string; id: string }) {
  const { t } = useText();
  const why = useWhy(object, id, true);
  const explain = useErrorText();
  if (why.isPending) return <LineSkeleton />;
  if (why.error) return <p>{explain(why.error)}</p>;
  return (
    <ul className={styles["reasons"]} aria-label={t("record.why")}>
      {why.data.reasons.map((reason) => (
        <li key={`${reason.role} ${reason.scope}`}>{reason.text}</li>
      ))}
    </ul>
  );
}
