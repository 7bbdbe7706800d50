import { asText, type Row } from "@/api";
import { useText } from "@/i18n/use-text";

import { EditPanel } from "../edit-panel";

const FIELDS = ["name", "roles", "department", "title", "manager", "phone", "email", "number"];

export function EditMember({ member, onClose }: { member: Row; onClose: () => void }) {
  const { t } = useText();
  const title = t("admin.change", { name: asText(member["name"]) });
  return <EditPanel object="member" row={member} fields={FIELDS} title={title} onClose={onClose} />;
}
