import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Person, Tag } from "@/ui";

import type { Home, Overloaded, Stuck } from "./api";
import styles from "./home.module.css";

/** For managers: where the team is stuck, and who has too much in hand. */
export function Team({ team }: { team: NonNullable<Home["team"]> }) {
  const { t } = useText();
  return (
    <section className={styles["block"]} aria-labelledby="team">
      <header className={styles["blockHead"]}>
        <h2 id="team">{t("home.team")}</h2>
      </header>
      <h3 className={styles["teamTitle"]}>
        {t("home.stuck")} <span className="quiet">{team.stuck.length}</span>
      </h3>
      {team.stuck.length === 0 && <p className="quiet">{t("home.nothingStuck")}</p>}
      <ul className={styles["teamRows"]}>
        {team.stuck.map((one) => (
          <StuckLine key={`${one.object}:${one.record.id}`} stuck={one} />
        ))}
      </ul>
      {team.overloaded.length > 0 && (
        <>
          <h3 className={styles["teamTitle"]}>{t("home.overloaded")}</h3>
          <ul className={styles["teamRows"]}>
            {team.overloaded.map((one) => (
              <OverloadedLine key={one.member.id} overloaded={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function StuckLine({ stuck }: { stuck: Stuck }) {
  const { t, label } = useText();
  const { process } = useWorkspace();
  const stage = process(stuck.object)?.stages.find((one) => one.key === stuck.stage);
  return (
    <li className={styles["teamRow"]}>
      <RecordLink object={stuck.object} id={stuck.record.id} className={styles["passedName"]}>
        {stuck.record.title ?? t("relay.untitled")}
      </RecordLink>
      <span className={styles["passedFacts"]}>
        {stage && <span className="quiet">{label(stage.label)}</span>}
        <Tag tone="red">{label(stuck.reason)}</Tag>
        {stuck.holder && <Person name={stuck.holder.title} id={stuck.holder.id} size={18} />}
      </span>
    </li>
  );
}

function OverloadedLine({ overloaded }: { overloaded: Overloaded }) {
  const { t } = useText();
  return (
    <li className={styles["teamRow"]}>
      <Person name={overloaded.member.title} id={overloaded.member.id} />
      <span className={styles["passedFacts"]}>
        <span>{t("relay.load", { count: overloaded.load })}</span>
        {overloaded.overdue > 0 && <Tag tone="red">{t("board.overdue", { count: overloaded.overdue })}</Tag>}
      </span>
    </li>
  );
}
