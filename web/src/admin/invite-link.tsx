import { useText } from "@/i18n/use-text";
import { Button, CopyOutlined, Input, toast } from "@/ui";

import styles from "./people.module.css";

/** The link to hand over; the server may know only its path, the browser knows the rest. */
export function InviteLink({ url }: { url: string }) {
  const { t } = useText();
  const full = new URL(url, window.location.origin).href;
  const copy = () => {
    void navigator.clipboard.writeText(full).then(() => toast(t("common.copied"), { tone: "good" }));
  };
  return (
    <div className={styles["invite"]}>
      <p>{t("admin.inviteText")}</p>
      <div className={styles["inviteLine"]}>
        <Input value={full} readOnly aria-label={t("admin.inviteLink")} onFocus={(event) => event.target.select()} />
        <Button type="primary" icon={<CopyOutlined />} onClick={copy}>
          {t("common.copy")}
        </Button>
      </div>
    </div>
  );
}
