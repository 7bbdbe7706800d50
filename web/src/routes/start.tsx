import { Link, Navigate } from "@tanstack/react-router";

import { useSession, useSignOut } from "@/api";
import { useText } from "@/i18n/use-text";
import { AuthCard } from "@/auth/auth-card";
import styles from "@/auth/auth.module.css";
import { Button } from "@/ui";

/** Goes to the only workspace, or asks which. */
export function StartPage() {
  const { t } = useText();
  const session = useSession();
  const signOut = useSignOut();
  const workspaces = session.data?.workspaces ?? [];
  const only = workspaces.length === 1 ? workspaces[0] : undefined;
  if (only) return <Navigate to="/w/$ws" params={{ ws: only.slug }} replace />;
  return (
    <AuthCard title={t("auth.chooseTitle")}>
      {workspaces.length === 0 && <p>{t("auth.noWorkspace")}</p>}
      <ul className={styles["choices"]}>
        {workspaces.map((one) => (
          <li key={one.slug}>
            <Link to="/w/$ws" params={{ ws: one.slug }} className={styles["choice"] ?? ""}>
              <span>{one.label}</span>
              <span className="quiet">{one.slug}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Button type="text" block onClick={() => signOut.mutate()}>
        {t("auth.signOut")}
      </Button>
    </AuthCard>
  );
}
