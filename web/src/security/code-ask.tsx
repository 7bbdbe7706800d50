import { useState, type FormEvent } from "react";

import { useText } from "@/i18n/use-text";
import { Button, Input, useErrorText } from "@/ui";

import styles from "./security.module.css";

type Props = {
  label: string;
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (code: string) => void;
  onCancel?: () => void;
};

/** Six digits from the phone, or where they fit a recovery code. */
export function CodeAsk({ label, submit, pending, error, onSubmit, onCancel }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const [code, setCode] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) onSubmit(code.trim());
  };
  return (
    <form className={styles["form"]} onSubmit={send}>
      {error && (
        <p className={styles["problem"]} role="alert">
          {explain(error)}
        </p>
      )}
      <label className={styles["field"]}>
        <span>{label}</span>
        <Input
          size="large"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="one-time-code"
          autoCapitalize="none"
          maxLength={40}
          autoFocus
        />
      </label>
      <div className={styles["buttons"]}>
        <Button type="primary" htmlType="submit" size="large" loading={pending} disabled={code.trim().length < 6}>
          {submit}
        </Button>
        {onCancel && (
          <Button size="large" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
