import { Link } from "@tanstack/react-router";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Countdown, EmptyState, Person, SendOutlined, Tag, Time } from "@/ui";

import { GROUPS, type Group, type Home, type PassedOn } from "./api";
import styles from "./home.module.css";

const SHOWN = 4;

/** 我交出去的: what came back first, then what still waits, then what was taken over. */
export function Passed({ passed }: { passed: Home["passed"] }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const none = GROUPS.every((group) => passed[group].length === 0);
  return (
    <section className={styles["block"]} aria-labelledby="passed">
      <header className={styles["blockHead"]}>
        <h2 id="passed">{t("home.passed")}</h2>
        {!none && (
          <Link to="/w/$ws/handoffs" params={{ ws }} search={{ box: "out" }} className={styles["all"]}>
            {t("common.all")}
          </Link>
        )}
      </header>
      {none && <EmptyState compact icon={<SendOutlined aria-hidden="true" />} title={t("relay.nothingPassed")} text={t("relay.nothingPassedText")} />}
      {GROUPS.filter((group) => passed[group].length > 0).map((group) => (
        <GroupLines key={group} name={group} items={passed[group]} count={passed.counts[group]} />
      ))}
    </section>
  );
}

function GroupLines({ name, items, count }: { name: Group; items: PassedOn[]; count: number }) {
  const { t } = useText();
  const state = name === "waiting" ? "offered" : name;
  return (
    <div className={styles["group"]}>
      <h3>
        {t(`relay.state.${state}`)} <span className="quiet">{count}</span>
      </h3>
      <ul>
        {items.slice(0, SHOWN).map((one) => (
          <PassedLine key={one.id} handoff={one} />
        ))}
      </ul>
    </div>
  );
}

function PassedLine({ handoff }: { handoff: PassedOn }) {
  const { t, label } = useText();
  return (
    <li className={styles["passedLine"]}>
      <RecordLink object={handoff.object} id={handoff.record.id} className={styles["passedName"]}>
        {handoff.record.title ?? t("relay.untitled")}
      </RecordLink>
      <span className={styles["passedFacts"]}>
        <Person name={handoff.to.title} id={handoff.to.id} size={18} />
        {handoff.state === "offered" && <Countdown due={handoff.due} since={handoff.offered_at} bare />}
        {handoff.state === "accepted" && (
          <span className="quiet">
            <Time at={handoff.answered_at} />
          </span>
        )}
        {handoff.state === "returned" && <Tag tone="red">{label(handoff.reason)}</Tag>}
      </span>
    </li>
  );
}
