import { PersonCard } from "./person-menu";
import styles from "./shell.module.css";

/** The phone's page about oneself. */
export function MePage() {
  return (
    <div className={styles["mePage"]}>
      <PersonCard />
    </div>
  );
}
