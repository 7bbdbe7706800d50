import { useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, DownOutlined, ErrorState, LineSkeleton, Person, RightOutlined, Time } from "@/ui";

import { useDecisions } from "./api";
import styles from "./relay.module.css";
import type { Decision } from "./types";

/** Why it was given to whom: every decision of the rules, with whom else they looked at. */
export function Assignment({ object, id }: { object: string; id: string }) {
  const { t } = useText();
  const assigned = useWorkspace().object(object)?.traits.includes("owned") ?? false;
  const [open, setOpen] = useState(false);
  if (!assigned) return null;
  return (
    <section className={styles["part"]}>
      <Button
        type="text"
        size="small"
        className={styles["foldHead"] ?? ""}
        icon={open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
      >
        {t("relay.whyAssigned")}
      </Button>
      {open && <Decisions object={object} id={id} />}
    </section>
  );
}

function Decisions({ object, id }: { object: string; id: string }) {
  const { t } = useText();
  const decisions = useDecisions(object, id, true);
  if (decisions.isPending) return <LineSkeleton />;
  if (decisions.error) return <ErrorState error={decisions.error} onRetry={() => void decisions.refetch()} compact />;
  if (decisions.data.decisions.length === 0) return <p className="quiet">{t("relay.assignedByHand")}</p>;
  return (
    <ol className={styles["decisions"]}>
      {decisions.data.decisions.map((decision) => (
        <DecisionLine key={decision.at} decision={decision} />
      ))}
    </ol>
  );
}

const METHODS = ["least_loaded", "round_robin"] as const;

function DecisionLine({ decision }: { decision: Decision }) {
  const { t, label } = useText();
  const { chosen, rule, candidates, why } = decision;
  const method = METHODS.find((one) => one === why.method);
  const reasons = [
    rule ? t("relay.byRule", { rule: label(decision.label) || rule }) : "",
    method ? t(`relay.method.${method}`) : "",
    why.load === undefined ? "" : t("relay.loadThen", { count: why.load }),
    why.capacity ? t("relay.capacity", { count: why.capacity }) : "",
  ].filter(Boolean);
  return (
    <li>
      <p className={styles["decided"]}>
        {chosen ? <Person name={chosen.title} id={chosen.id} /> : t("relay.noRuleFits")}
        <span className="quiet">
          <Time at={decision.at} />
        </span>
      </p>
      {chosen && <p>{reasons.join(" · ")}</p>}
      {candidates.length > 0 && (
        <ul className={styles["others"]} aria-label={t("relay.lookedAt")}>
          {candidates.map((one) => (
            <li key={one.member.id}>
              <span className="cut">{one.member.title}</span>
              <span className="quiet">
                {t("relay.load", { count: one.load })}
                {one.excluded === "full" && ` · ${t("relay.full")}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
