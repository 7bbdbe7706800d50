import { useState } from "react";

import blocks from "@/admin/settings.module.css";
import { useChangePassword } from "@/api";
import { NewPassword } from "@/auth/new-password";
import { useText } from "@/i18n/use-text";
import { Button, toast } from "@/ui";

import { useRefreshAccount } from "./api";

export function PasswordForm() {
  const { t } = useText();
  const change = useChangePassword();
  const refresh = useRefreshAccount();
  const [open, setOpen] = useState(false);
  const done = () => {
    toast(t("security.passwordChanged"), { tone: "good" });
    setOpen(false);
    void refresh();
  };
  return (
    <section className={blocks["block"]} aria-labelledby="password">
      <h3 id="password">{t("security.password")}</h3>
      {open ? (
        <div className={blocks["password"]}>
          <NewPassword
            withOld
            submit={t("security.changePassword")}
            pending={change.isPending}
            error={change.error}
            onSubmit={(passwords) => change.mutate(passwords, { onSuccess: done })}
          />
        </div>
      ) : (
        <Button onClick={() => setOpen(true)}>{t("security.changePassword")}</Button>
      )}
    </section>
  );
}
