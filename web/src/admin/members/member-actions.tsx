import { asText, useSave, useWorkspace, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import {
  Button,
  CloseOutlined,
  EditOutlined,
  EllipsisOutlined,
  LinkOutlined,
  LockOutlined,
  Menu,
  Modal,
  StopOutlined,
  toast,
  UndoOutlined,
  useErrorText,
  type MenuItem,
} from "@/ui";
import { useResetFactor, useSignOutMember } from "@/security/api";

import { InviteLink } from "../invite-link";
import { useDisable, useInvite } from "./api";
import { isDisabled } from "./disabled";

/** What can be done with a person: change, invite again, let in or keep out. */
export function MemberActions({ row, onEdit }: { row: Row; onEdit: () => void }) {
  const { t } = useText();
  const { blueprint, object } = useWorkspace();
  const explain = useErrorText();
  const invite = useInvite();
  const disable = useDisable();
  const resetFactor = useResetFactor();
  const signOut = useSignOutMember();
  const save = useSave("member");
  const name = asText(row["name"]);
  const self = row.id === blueprint.me.member.id;
  const said = { onError: (error: Error) => toast(explain(error), { tone: "bad" }) };
  const enable = () => save.mutate({ id: row.id, values: { status: "active" } }, said);
  const keepOut = () =>
    disable.mutate(row.id, { ...said, onSuccess: () => toast(t("admin.disabled", { name }), { undo: enable }) });
  const letIn = () =>
    resetFactor.mutate(row.id, { ...said, onSuccess: () => toast(t("security.resetDone", { name }), { tone: "good" }) });
  const leave = () => signOut.mutate(row.id, { ...said, onSuccess: () => toast(t("security.signedOut", { name }), { tone: "good" }) });
  if (!object("member")?.rights.update) return null;
  const choose = (key: string) => {
    if (key === "edit") onEdit();
    else if (key === "invite") invite.mutate(row.id, said);
    else if (key === "factor") letIn();
    else if (key === "sign-out") leave();
    else if (key === "enable") enable();
    else keepOut();
  };
  const items: MenuItem[] = [
    { key: "edit", label: t("admin.editMember"), icon: <EditOutlined aria-hidden="true" /> },
    ...(isDisabled(row)
      ? [{ key: "enable", label: t("admin.enable"), icon: <UndoOutlined aria-hidden="true" />, apart: true }]
      : [
          { key: "invite", label: t("admin.inviteAgain"), icon: <LinkOutlined aria-hidden="true" /> },
          ...(self
            ? []
            : [
                { key: "sign-out", label: t("security.signOut"), icon: <CloseOutlined aria-hidden="true" /> },
                { key: "factor", label: t("security.reset"), icon: <LockOutlined aria-hidden="true" /> },
                { key: "disable", label: t("admin.disable"), icon: <StopOutlined aria-hidden="true" />, tone: "danger" as const, apart: true },
              ]),
        ]),
  ];
  return (
    <>
      <Menu items={items} onChoose={choose} label={name} placement="bottomRight">
        <Button type="text" icon={<EllipsisOutlined />} aria-label={t("admin.actionsOf", { name })} />
      </Menu>
      <Modal open={Boolean(invite.data)} title={t("admin.inviteOf", { name })} footer={null} onCancel={() => invite.reset()}>
        {invite.data && <InviteLink url={invite.data.invite_url} />}
      </Modal>
    </>
  );
}
