import { Navigate, useNavigate } from "@tanstack/react-router";

import { useSession, useSignOut } from "@/api";
import { AuthCard } from "@/auth/auth-card";
import { useText } from "@/i18n/use-text";
import { useRefreshAccount } from "@/security/api";
import { Enrol } from "@/security/enrol";
import { Button } from "@/ui";

/** Where a workspace demands a second factor, it is set up before anything else. */
export function SecondFactorPage() {
  const { t } = useText();
  const session = useSession();
  const signOut = useSignOut();
  const refresh = useRefreshAccount();
  const navigate = useNavigate();
  if (session.data && !session.data.account) return <Navigate to="/sign-in" />;
  const enter = () => void refresh().then(() => navigate({ to: "/" }));
  return (
    <AuthCard title={t("auth.factorTitle")} lead={t("auth.factorText")}>
      <Enrol onDone={enter} />
      <Button type="text" block onClick={() => signOut.mutate()}>
        {t("auth.signOut")}
      </Button>
    </AuthCard>
  );
}
