import { useState, type FormEvent } from "react";

import { useText } from "@/i18n/use-text";
import { Button, useErrorText } from "@/ui";

import styles from "./auth.module.css";
import { PasswordField } from "./password-field";

const SHORTEST = 8;

type Props = {
  /** The one who changes a password proves the old one; the invited has none. */
  withOld?: boolean;
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (passwords: { old: string; new: string }) => void;
};

export function NewPassword({ withOld = false, submit, pending, error, onSubmit }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const short = next.length < SHORTEST;
  const differ = next !== again;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short && !differ) onSubmit({ old, new: next });
  };
  return (
    <form className={styles["form"]} onSubmit={send}>
      {error && (
        <p className={styles["problem"]} role="alert">
          {explain(error)}
        </p>
      )}
      {withOld && (
        <PasswordField label={t("auth.old")} value={old} onChange={setOld} autoComplete="current-password" />
      )}
      <PasswordField
        label={t("auth.new")}
        value={next}
        onChange={setNext}
        autoComplete="new-password"
        hint={t("auth.newHint")}
        problem={tried && short ? t("auth.short") : undefined}
      />
      <PasswordField
        label={t("auth.again")}
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        problem={tried && !short && differ ? t("auth.differ") : undefined}
      />
      <Button type="primary" htmlType="submit" size="large" loading={pending}>
        {submit}
      </Button>
    </form>
  );
}
