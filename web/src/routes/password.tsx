import { Navigate, useNavigate } from "@tanstack/react-router";

import { useChangePassword, useSession } from "@/api";
import { AuthCard } from "@/auth/auth-card";
import { NewPassword } from "@/auth/new-password";
import { useText } from "@/i18n/use-text";

/** The first password is for the first visit only. */
export function PasswordPage() {
  const { t } = useText();
  const session = useSession();
  const change = useChangePassword();
  const navigate = useNavigate();
  if (session.data && !session.data.account) return <Navigate to="/sign-in" />;
  return (
    <AuthCard title={t("auth.changeTitle")} lead={t("auth.changeText")}>
      <NewPassword
        withOld
        submit={t("auth.changeSubmit")}
        pending={change.isPending}
        error={change.error}
        onSubmit={(passwords) => change.mutate(passwords, { onSuccess: () => void navigate({ to: "/" }) })}
      />
    </AuthCard>
  );
}
