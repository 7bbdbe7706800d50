import { getRouteApi, Navigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { isProblem, useSession, useSignIn, type Credentials } from "@/api";
import { AuthCard } from "@/auth/auth-card";
import styles from "@/auth/auth.module.css";
import { DemoPeople } from "@/auth/demo-people";
import { PasswordField } from "@/auth/password-field";
import { useText } from "@/i18n/use-text";
import { CodeAsk } from "@/security/code-ask";
import { Button, Input, useErrorText } from "@/ui";

const route = getRouteApi("/sign-in");
/** The password was right; the account has a second factor besides. */
const NEEDED = "second_factor_needed";

export function SignInPage() {
  const { t } = useText();
  const { to } = route.useSearch();
  const session = useSession();
  const signIn = useSignIn();
  const explain = useErrorText();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<Credentials | null>(null);
  if (session.data?.account) return <Navigate to={to ?? "/"} replace />;

  const enter = (given: Credentials) =>
    signIn.mutate(given, { onError: (error) => isProblem(error, NEEDED) && setAsked(given) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (login.trim() && password) enter({ login: login.trim(), password });
  };
  const demo = session.data?.demo;
  if (asked) {
    const leave = () => {
      setAsked(null);
      signIn.reset();
    };
    return (
      <AuthCard title={t("auth.codeTitle")} lead={t("auth.codeText")}>
        <CodeAsk
          label={t("auth.code")}
          submit={t("auth.submit")}
          pending={signIn.isPending}
          error={isProblem(signIn.error, NEEDED) ? null : signIn.error}
          onSubmit={(code) => signIn.mutate({ ...asked, code })}
          onCancel={leave}
        />
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("auth.title")} lead={t("auth.lead")}>
      <form className={styles["form"]} onSubmit={send}>
        {signIn.error && (
          <p className={styles["problem"]} role="alert">
            {explain(signIn.error)}
          </p>
        )}
        <label className={styles["field"]}>
          <span>{t("auth.login")}</span>
          <Input
            size="large"
            value={login}
            onChange={(event) => setLogin(event.target.value)}
            placeholder={t("auth.loginHint")}
            autoComplete="username"
            autoCapitalize="none"
            status={tried && !login.trim() ? "error" : ""}
          />
          {tried && !login.trim() && <span className={styles["wrong"]}>{t("auth.needLogin")}</span>}
        </label>
        <PasswordField
          label={t("auth.password")}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          problem={tried && !password ? t("auth.needPassword") : undefined}
        />
        <Button type="primary" htmlType="submit" size="large" loading={signIn.isPending}>
          {t("auth.submit")}
        </Button>
      </form>
      {demo && <DemoPeople demo={demo} onChoose={(who) => enter({ login: who, password: demo.password })} />}
    </AuthCard>
  );
}
