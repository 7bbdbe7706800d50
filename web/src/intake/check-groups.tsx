import { useState } from "react";

import { type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, type Tone } from "@/ui";

import styles from "./check.module.css";
import { CheckedRows } from "./checked-rows";
import type { CheckedRow, CheckResult, Policy } from "./types";

const GROUPS = ["new", "duplicates", "rejected"] as const;
type Group = (typeof GROUPS)[number];
const TONES: Record<Group, Tone> = { new: "green", duplicates: "amber", rejected: "red" };

type Props = { def: ObjectDef; check: CheckResult; policy: Policy; onRepair: () => void };

/** Three numbers; each opens the rows behind it. What needs a look is open at first. */
export function CheckGroups({ def, check, policy, onRepair }: Props) {
  const { t } = useText();
  const first: Group = check.rejected > 0 ? "rejected" : check.duplicates > 0 ? "duplicates" : "new";
  const [open, setOpen] = useState<Group>(first);
  const rows: CheckedRow[] = check.sample[open] ?? [];
  return (
    <>
      <div className={styles["groups"]} role="tablist" aria-label={t("intake.checkTitle")}>
        {GROUPS.map((group) => (
          <button
            key={group}
            type="button"
            role="tab"
            id={`group-${group}`}
            aria-selected={open === group}
            aria-controls="group-rows"
            className={`${styles["group"]} ${check[group] > 0 ? styles[TONES[group]] : ""}`}
            onClick={() => setOpen(group)}
          >
            <span className={styles["groupNumber"]}>{check[group].toLocaleString()}</span>
            <span>{t(`intake.group.${group}`)}</span>
            <small className="quiet">{group === "duplicates" ? t(`intake.groupPolicy.${policy}`) : t(`intake.groupText.${group}`)}</small>
          </button>
        ))}
      </div>
      {[...(check.notes ?? []), ...(check.warnings ?? [])].map((text) => (
        <p key={text} className={styles["warning"]} role="status">
          {text}
        </p>
      ))}
      <section id="group-rows" role="tabpanel" aria-labelledby={`group-${open}`} className={styles["rows"]}>
        {check[open] > rows.length && rows.length > 0 && (
          <p className="quiet">{t("intake.firstOf", { n: rows.length, all: check[open].toLocaleString() })}</p>
        )}
        {rows.length === 0 ? <p className="quiet">{t(`intake.groupNone.${open}`)}</p> : <CheckedRows def={def} rows={rows} />}
        {open === "rejected" && rows.length > 0 && (
          <p className={styles["repair"]}>
            {t("intake.repairText")} <Button onClick={onRepair}>{t("intake.repair")}</Button>
          </p>
        )}
      </section>
    </>
  );
}
