import { useText } from "@/i18n/use-text";
import { Button, CopyOutlined, toast } from "@/ui";

import styles from "./security.module.css";

/** Recovery codes, which nobody can show again. */
export function RecoveryCodeList({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useText();
  return (
    <>
      <p>{t("security.codesText")}</p>
      <ul className={styles["codes"]} aria-label={t("security.codes")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles["buttons"]}>
        <CopyButton text={codes.join("\n")} />
        <Button type="primary" onClick={onDone}>
          {t("security.codesKept")}
        </Button>
      </div>
    </>
  );
}

export function CopyButton({ text }: { text: string }) {
  const { t } = useText();
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast(t("common.copied"), { tone: "good" }));
  return (
    <Button icon={<CopyOutlined />} onClick={copy}>
      {t("common.copy")}
    </Button>
  );
}
