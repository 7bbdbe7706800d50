import { useText } from "@/i18n/use-text";

import { useConfirm, useEnrol } from "./api";
import { CodeAsk } from "./code-ask";
import { PasswordAsk } from "./password-ask";
import styles from "./security.module.css";
import { RecoveryCodeList } from "./shown-once";

type Props = { onDone: () => void; onCancel?: () => void };

/** Password, then the picture to scan and its first code, then the recovery codes. */
export function Enrol({ onDone, onCancel }: Props) {
  const { t } = useText();
  const begin = useEnrol();
  const confirm = useConfirm();
  const cancel = onCancel ? { onCancel } : {};
  if (confirm.data) return <RecoveryCodeList codes={confirm.data.recovery_codes} onDone={onDone} />;
  if (!begin.data) {
    return (
      <PasswordAsk
        submit={t("security.next")}
        pending={begin.isPending}
        error={begin.error}
        onSubmit={(password) => begin.mutate(password)}
        {...cancel}
      />
    );
  }
  return (
    <>
      <p>{t("security.scan")}</p>
      <img src={begin.data.picture} alt={t("security.picture")} className={styles["picture"]} />
      <p className="quiet">
        {t("security.byHand")} <span className={styles["secret"]}>{begin.data.secret}</span>
      </p>
      <CodeAsk
        label={t("security.firstCode")}
        submit={t("security.switchOn")}
        pending={confirm.isPending}
        error={confirm.error}
        onSubmit={(code) => confirm.mutate(code)}
        {...cancel}
      />
    </>
  );
}
