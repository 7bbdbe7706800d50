import { useState } from "react";

import { asText, useRemove, useRestore, useWhy, useWorkspace, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import {
  Button,
  CopyOutlined,
  DeleteOutlined,
  EllipsisOutlined,
  LineSkeleton,
  LockOutlined,
  Menu,
  Modal,
  SwapOutlined,
  toast,
  useErrorText,
} from "@/ui";
import { TransferForm } from "@/views/list/bulk-actions";

import styles from "./record.module.css";

type Props = { def: ObjectDef; row: Row; onGone: () => void };

export function MoreMenu({ def, row, onGone }: Props) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const [shown, setShown] = useState<"why" | "transfer" | null>(null);
  const remove = useDelete(def, row, onGone);
  const link = `${window.location.origin}/w/${ws}/o/${def.key}/${row.id}`;
  const items = [
    ...(row.can?.transfer ? [{ key: "transfer", label: t("list.transfer"), icon: <SwapOutlined aria-hidden="true" /> }] : []),
    { key: "copy", label: t("record.copyLink"), icon: <CopyOutlined aria-hidden="true" /> },
    { key: "why", label: t("record.why"), icon: <LockOutlined aria-hidden="true" /> },
    ...(row.can?.delete
      ? [{ key: "delete", label: t("common.delete"), icon: <DeleteOutlined aria-hidden="true" />, tone: "danger" as const, apart: true }]
      : []),
  ];
  const choose = (key: string) => {
    if (key === "delete") void remove();
    else if (key === "copy") void navigator.clipboard.writeText(link).then(() => toast(t("common.copied"), { tone: "good" }));
    else setShown(key === "why" ? "why" : "transfer");
  };
  const close = () => setShown(null);
  return (
    <>
      <Menu items={items} onChoose={choose} label={t("common.more")} placement="bottomRight">
        <Button icon={<EllipsisOutlined />} aria-label={t("common.more")} title={t("common.more")} />
      </Menu>
      {shown === "why" && (
        <Modal open title={t("record.why")} footer={null} onCancel={close}>
          <Reasons object={def.key} id={row.id} />
        </Modal>
      )}
      {shown === "transfer" && (
        <Modal open title={t("list.transfer")} footer={null} onCancel={close} width={360}>
          <TransferForm def={def} target={{ ids: [row.id] }} onDone={close} />
        </Modal>
      )}
    </>
  );
}

/** Deletes at once and can be taken back; nobody is asked whether they are sure. */
function useDelete(def: ObjectDef, row: Row, onGone: () => void) {
  const { t } = useText();
  const remove = useRemove(def.key);
  const restore = useRestore(def.key);
  const explain = useErrorText();
  return async () => {
    onGone();
    try {
      await remove.mutateAsync(row.id);
      const undo = () => void restore.mutateAsync(row.id);
      toast(t("record.deleted", { name: asText(row[def.title]) }), { tone: "good", undo });
    } catch (error) {
      toast(explain(error instanceof Error ? error : null), { tone: "bad" });
    }
  };
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
