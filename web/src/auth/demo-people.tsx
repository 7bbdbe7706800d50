import type { Session } from "@/api";
import { useText } from "@/i18n/use-text";
import { Avatar } from "@/ui";

import styles from "./auth.module.css";

type Demo = NonNullable<Session["demo"]>;

/** In the demo anybody may be anyone: one click enters as that person. */
export function DemoPeople({ demo, onChoose }: { demo: Demo; onChoose: (login: string) => void }) {
  const { t, label } = useText();
  const people = demo.people?.length ? demo.people : [{ login: demo.login, name: demo.login, role: null }];
  return (
    <section className={styles["demo"]} aria-label={t("auth.demoTitle")}>
      <h2>{t("auth.demoTitle")}</h2>
      <p className="quiet">{t("auth.demoText", { password: demo.password })}</p>
      <ul className={styles["people"]}>
        {people.map((person) => (
          <li key={person.login}>
            <button type="button" className={styles["person"]} onClick={() => onChoose(person.login)}>
              <Avatar name={person.name} id={person.login} size={28} />
              <span>
                <span className="cut">{person.name}</span>
                <small className="cut">{person.role ? label(person.role) : person.login}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
