import { Link } from "@tanstack/react-router";

import { useSession, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Avatar, Button } from "@/ui";

import { PreferenceSwitches, SignOutButton } from "./preference-switches";
import styles from "./shell.module.css";

/** Who one is here, and how one wants to see it. */
export function PersonCard({ onLeave }: { onLeave?: () => void }) {
  const { t, label } = useText();
  const { ws, blueprint } = useWorkspace();
  const session = useSession();
  const { member, roles, department } = blueprint.me;
  const roleNames = roles.map((key) => label(blueprint.roles[key]?.label) || key).join(" · ");
  const several = (session.data?.workspaces.length ?? 0) > 1;
  return (
    <div className={styles["personCard"]}>
      <div className={styles["personHead"]}>
        <Avatar name={member.title} id={member.id} size={40} />
        <div>
          <strong>{member.title}</strong>
          <div className="quiet">{[department?.title, roleNames].filter(Boolean).join(" · ")}</div>
        </div>
      </div>
      <PreferenceSwitches />
      <Link to="/w/$ws/settings/{-$section}" params={{ ws, section: "profile" }} onClick={onLeave}>
        <Button block>{t("shell.account")}</Button>
      </Link>
      {several && (
        <Link to="/">
          <Button block>{t("shell.switchWorkspace")}</Button>
        </Link>
      )}
      <SignOutButton />
    </div>
  );
}
