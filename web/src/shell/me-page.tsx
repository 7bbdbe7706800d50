import { useText } from "@/i18n/use-text";

import { PersonCard } from "./person-card";
import styles from "./shell.module.css";

/** The phone's page about oneself. */
export function MePage() {
  const { t } = useText();
  return (
    <div className={styles["mePage"]}>
      <h1 className="unseen">{t("shell.account")}</h1>
      <PersonCard />
    </div>
  );
}
