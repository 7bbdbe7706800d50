import { Link } from "@tanstack/react-router";

import { useSession, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Avatar, Button, Pop } from "@/ui";

import { PreferenceSwitches, SignOutButton } from "./preference-switches";
import styles from "./shell.module.css";

export function PersonMenu() {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const { member } = blueprint.me;
  return (
    <Pop placement="bottomRight" content={<PersonCard />}>
      <button type="button" className={styles["me"]} aria-label={`${t("shell.account")} ${member.title}`}>
        <Avatar name={member.title} id={member.id} size={28} />
      </button>
    </Pop>
  );
}

export function PersonCard() {
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
      <Link to="/w/$ws/settings/{-$section}" params={{ ws, section: "profile" }}>
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
