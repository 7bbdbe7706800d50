import { lazy, Suspense, useState } from "react";

import { asText, useRemove, useRestore, useWorkspace, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import {
  Button,
  CopyOutlined,
  DeleteOutlined,
  EllipsisOutlined,
  LockOutlined,
  Menu,
  SwapOutlined,
  toast,
  useErrorText,
} from "@/ui";

const TransferDialog = lazy(() => import("./record-dialogs").then((module) => ({ default: module.TransferDialog })));
const WhyDialog = lazy(() => import("./record-dialogs").then((module) => ({ default: module.WhyDialog })));

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
      {shown && (
        <Suspense fallback={null}>
          {shown === "why" ? (
            <WhyDialog object={def.key} id={row.id} onClose={close} />
          ) : (
            <TransferDialog def={def} id={row.id} onClose={close} />
          )}
        </Suspense>
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
