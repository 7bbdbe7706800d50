import { useState, type FormEvent } from "react";

import { PasswordField } from "@/auth/password-field";
import { useText } from "@/i18n/use-text";
import { Button, useErrorText } from "@/ui";

import styles from "./security.module.css";

type Props = {
  submit: string;
  danger?: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: (password: string) => void;
  onCancel?: () => void;
};

/** The password once more, before something that a session left open may not do. */
export function PasswordAsk({ submit, danger = false, pending, error, onSubmit, onCancel }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const [password, setPassword] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (password) onSubmit(password);
  };
  return (
    <form className={styles["form"]} onSubmit={send}>
      {error && (
        <p className={styles["problem"]} role="alert">
          {explain(error)}
        </p>
      )}
      <PasswordField label={t("security.yourPassword")} value={password} onChange={setPassword} autoComplete="current-password" />
      <div className={styles["buttons"]}>
        <Button type="primary" htmlType="submit" danger={danger} loading={pending} disabled={!password}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t("common.cancel")}</Button>}
      </div>
    </form>
  );
}
