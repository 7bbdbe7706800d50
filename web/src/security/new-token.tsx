import { useState, type FormEvent } from "react";

import { PasswordField } from "@/auth/password-field";
import { useText } from "@/i18n/use-text";
import { Button, Input, Select, useErrorText } from "@/ui";

import { useMakeToken } from "./api";
import styles from "./security.module.css";
import { CopyButton } from "./shown-once";
import type { Scope } from "./types";

const SCOPES: Scope[] = ["read", "write", "admin"];
const DAYS = [7, 30, 90, 365];

/** Asks what the token is for, then shows it this once. */
export function NewTokenForm({ onDone }: { onDone: () => void }) {
  const { t } = useText();
  const explain = useErrorText();
  const make = useMakeToken();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState(90);
  const [password, setPassword] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && password) make.mutate({ name: name.trim(), scope, days, password });
  };
  if (make.data) return <MadeToken text={make.data.text} onDone={onDone} />;
  return (
    <form className={styles["form"]} onSubmit={send}>
      {make.error && (
        <p className={styles["problem"]} role="alert">
          {explain(make.error)}
        </p>
      )}
      <label className={styles["field"]}>
        <span>{t("security.tokenName")}</span>
        <Input value={name} onChange={(event) => setName(event.target.value)} placeholder={t("security.tokenNameHint")} maxLength={100} />
      </label>
      <label className={styles["field"]}>
        <span>{t("security.tokenScope")}</span>
        <Select
          value={scope}
          onChange={setScope}
          options={SCOPES.map((value) => ({ value, label: t(`security.scopeText.${value}`) }))}
          aria-label={t("security.tokenScope")}
        />
      </label>
      <label className={styles["field"]}>
        <span>{t("security.tokenDays")}</span>
        <Select
          value={days}
          onChange={setDays}
          options={DAYS.map((value) => ({ value, label: t("common.days", { n: value }) }))}
          aria-label={t("security.tokenDays")}
        />
      </label>
      <PasswordField label={t("security.yourPassword")} value={password} onChange={setPassword} autoComplete="current-password" />
      <Button type="primary" htmlType="submit" loading={make.isPending} disabled={!name.trim() || !password}>
        {t("security.makeToken")}
      </Button>
    </form>
  );
}

function MadeToken({ text, onDone }: { text: string; onDone: () => void }) {
  const { t } = useText();
  return (
    <div className={styles["form"]}>
      <p>{t("security.tokenMade")}</p>
      <Input value={text} readOnly aria-label={t("security.token")} onFocus={(event) => event.target.select()} />
      <div className={styles["buttons"]}>
        <CopyButton text={text} />
        <Button type="primary" onClick={onDone}>
          {t("common.done")}
        </Button>
      </div>
    </div>
  );
}
