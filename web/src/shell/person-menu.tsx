import { lazy, Suspense } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Avatar, Bone, Pop } from "@/ui";

import styles from "./shell.module.css";

const PersonCard = lazy(() => import("./person-card").then((module) => ({ default: module.PersonCard })));

export function PersonMenu() {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const { member } = blueprint.me;
  const card = (close: () => void) => (
    <Suspense fallback={<Bone width={280} height={300} />}>
      <PersonCard onLeave={close} />
    </Suspense>
  );
  return (
    <Pop placement="bottomRight" title={t("shell.account")} content={card}>
      <button type="button" className={styles["me"]} aria-label={`${t("shell.account")} ${member.title}`}>
        <Avatar name={member.title} id={member.id} size={28} />
      </button>
    </Pop>
  );
}
