import type { ReactNode } from "react";

import type { ObjectDef } from "@/api";
import { Picker } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Radio, Select, Switch } from "@/ui";

import type { Draft } from "./draft";
import styles from "./match.module.css";
import type { Policy } from "./types";

const POLICIES: Policy[] = ["skip", "update", "create"];

type Props = { def: ObjectDef; draft: Draft; onChange: (draft: Draft) => void };

/** How the rows are taken: known ones, empty ones, whose they become, and what they set going. */
export function HowForm({ def, draft, onChange }: Props) {
  const { t, label } = useText();
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <section className={styles["how"]} aria-label={t("intake.how")}>
      <h2>{t("intake.how")}</h2>
      <Part name={t("intake.policyTitle")}>
        <Radio.Group value={draft.policy} onChange={(event) => set({ policy: event.target.value as Policy })}>
          {POLICIES.map((policy) => (
            <Radio key={policy} value={policy}>
              {t(`intake.policy.${policy}`)}
              <small className="quiet">{t(`intake.policyText.${policy}`)}</small>
            </Radio>
          ))}
        </Radio.Group>
      </Part>
      {def.traits.includes("owned") && (
        <Part name={t("intake.assignTitle")}>
          <Radio.Group value={draft.assign} onChange={(event) => set({ assign: event.target.value as Draft["assign"] })}>
            <Radio value="rules">
              {t("intake.assign.rules")}
              <small className="quiet">{t("intake.assignText.rules")}</small>
            </Radio>
            <Radio value="owner">{t("intake.assign.owner")}</Radio>
          </Radio.Group>
          {draft.assign === "owner" && (
            <Picker
              target="member"
              value={draft.owner}
              onChange={(owner) => set({ owner })}
              label={t("intake.assign.owner")}
              where={{ field: "status", op: "eq", value: "active" }}
            />
          )}
        </Part>
      )}
      <Part name={t("intake.emptyTitle")}>
        <Select
          mode="tags"
          value={draft.emptyValues}
          onChange={(emptyValues) => set({ emptyValues })}
          aria-label={t("intake.emptyTitle")}
          placeholder={t("intake.emptyHint")}
          open={false}
          suffixIcon={null}
          style={{ width: "100%" }}
        />
        <small className="quiet">{t("intake.emptyText")}</small>
      </Part>
      <Toggle
        name={t("intake.createMissing")}
        text={t("intake.createMissingText")}
        value={draft.createMissing}
        onChange={(createMissing) => set({ createMissing })}
      />
      <Toggle
        name={t("intake.addChoices")}
        text={t("intake.addChoicesText")}
        value={draft.addChoices}
        onChange={(addChoices) => set({ addChoices })}
      />
      <Toggle
        name={t("intake.automations")}
        text={t("intake.automationsText", { object: label(def.label) })}
        value={draft.automations}
        onChange={(automations) => set({ automations })}
      />
    </section>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles["part"]} role="group" aria-label={name}>
      <h3>{name}</h3>
      {children}
    </div>
  );
}

type ToggleProps = { name: string; text: string; value: boolean; onChange: (value: boolean) => void };

function Toggle({ name, text, value, onChange }: ToggleProps) {
  return (
    <label className={styles["toggle"]}>
      <Switch size="small" checked={value} onChange={onChange} aria-label={name} />
      <span>
        {name}
        <small className="quiet">{text}</small>
      </span>
    </label>
  );
}
