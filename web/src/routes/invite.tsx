import { getRouteApi, useNavigate } from "@tanstack/react-router";

import { isProblem, useAcceptInvite } from "@/api";
import { AuthCard } from "@/auth/auth-card";
import { NewPassword } from "@/auth/new-password";
import { useText } from "@/i18n/use-text";
import { Button, toast } from "@/ui";

const route = getRouteApi("/invite/$token");

export function InvitePage() {
  const { t } = useText();
  const { token } = route.useParams();
  const accept = useAcceptInvite(token);
  const navigate = useNavigate();
  const gone = isProblem(accept.error) && accept.error.status === 404;
  const enter = () => {
    toast(t("auth.inviteDone"), { tone: "good" });
    void navigate({ to: "/" });
  };
  if (gone) {
    return (
      <AuthCard title={t("auth.inviteTitle")} lead={t("auth.inviteGone")}>
        <Button onClick={() => void navigate({ to: "/sign-in" })}>{t("auth.toSignIn")}</Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("auth.inviteTitle")} lead={t("auth.inviteText")}>
      <NewPassword
        submit={t("auth.inviteSubmit")}
        pending={accept.isPending}
        error={accept.error}
        onSubmit={(passwords) => accept.mutate(passwords.new, { onSuccess: enter })}
      />
    </AuthCard>
  );
}
