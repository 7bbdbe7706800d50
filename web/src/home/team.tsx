import { useState, type ReactNode } from "react";

import { useText } from "@/i18n/use-text";
import { DrillLink } from "@/insight/drill-link";
import { RecordLink } from "@/shell/record-link";
import { Avatar, Countdown, Person, StopOutlined, Tag } from "@/ui";

import type { Overloaded, Stuck, StuckPerson, StuckStage, TeamState } from "./api";
import styles from "./home.module.css";

/** For who leads a team: where it is stuck, by stage and by person, and who has too much in hand. */
export function Team({ team }: { team: TeamState }) {
  const { t } = useText();
  const { stuck, stuck_by: by, overloaded } = team;
  return (
    <section className={styles["block"]} aria-labelledby="team">
      <header className={styles["blockHead"]}>
        <h2 id="team">{t("home.team")}</h2>
      </header>
      <h3 className={styles["teamTitle"]}>
        {t("home.stuck")} <span className="quiet">{by.count}</span>
      </h3>
      {stuck.length === 0 && <p className="quiet">{t("home.nothingStuck")}</p>}
      <Chips
        name={t("home.byStage")}
        chips={by.stages.map((one) => (
          <StageChip key={`${one.object}:${one.stage}`} stage={one} />
        ))}
      />
      <Chips
        name={t("home.byPerson")}
        chips={by.people.map((one) => (
          <PersonChip key={one.member.id} person={one} />
        ))}
      />
      <ul className={styles["teamRows"]}>
        {stuck.slice(0, SHOWN).map((one) => (
          <StuckLine key={`${one.object}:${one.record.id}`} stuck={one} />
        ))}
      </ul>
      {overloaded.length > 0 && (
        <>
          <h3 className={styles["teamTitle"]}>{t("home.overloaded")}</h3>
          <ul className={styles["teamRows"]}>
            {overloaded.map((one) => (
              <OverloadedLine key={one.member.id} overloaded={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const SHOWN = 8;

/** One way to sort the stuck, those with the most first; the rest is one click away. */
function Chips({ name, chips }: { name: string; chips: ReactNode[] }) {
  const { t } = useText();
  const [all, setAll] = useState(false);
  if (chips.length === 0) return null;
  const more = all ? 0 : chips.length - SHOWN;
  return (
    <div className={styles["sorted"]} role="group" aria-label={name}>
      <span className={styles["sortedName"]}>{name}</span>
      <span className={styles["chips"]}>
        {more > 0 ? chips.slice(0, SHOWN) : chips}
        {more > 0 && (
          <button type="button" className={styles["chipMore"]} onClick={() => setAll(true)}>
            {t("home.moreOf", { n: more })}
          </button>
        )}
      </span>
    </div>
  );
}

function StageChip({ stage }: { stage: StuckStage }) {
  const { label } = useText();
  return (
    <DrillLink drill={stage.drill} className={styles["chip"]}>
      {label(stage.label) || stage.stage} <strong>{stage.count}</strong>
    </DrillLink>
  );
}

function PersonChip({ person }: { person: StuckPerson }) {
  return (
    <DrillLink drill={person.drills[0]} className={styles["chip"]}>
      <Avatar name={person.member.title} id={person.member.id} size={18} />
      {person.member.title} <strong>{person.count}</strong>
    </DrillLink>
  );
}

function StuckLine({ stuck }: { stuck: Stuck }) {
  const { t, label } = useText();
  return (
    <li className={styles["teamRow"]}>
      <RecordLink object={stuck.object} id={stuck.record.id} className={styles["passedName"]}>
        {stuck.record.title ?? t("relay.untitled")}
      </RecordLink>
      <span className={styles["stuckFacts"]}>
        <span className="quiet cut">{label(stuck.label)}</span>
        {stuck.blocked ? (
          <Tag tone="red" title={stuck.blocked}>
            <StopOutlined aria-hidden="true" /> {stuck.blocked}
          </Tag>
        ) : (
          <Countdown due={stuck.due} since={stuck.since} bare />
        )}
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
        <DrillLink drill={overloaded.drills[0]}>{t("relay.load", { count: overloaded.held })}</DrillLink>
        <span className="quiet">{t("home.average", { n: overloaded.average.toFixed(1) })}</span>
        {overloaded.overdue > 0 && <Tag tone="red">{t("board.overdue", { count: overloaded.overdue })}</Tag>}
      </span>
    </li>
  );
}
