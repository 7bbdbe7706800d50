import type { ReactNode } from "react";

import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";
import { ConditionText } from "@/views/conditions/condition-text";

import styles from "./roles.module.css";
import { SCOPES, type Scope, type ScopeName } from "./types";

type Props = { object: string; value: Scope[]; locked: boolean; label: string; onChange: (scopes: Scope[]) => void };

/** Which records, as words. A condition that a role already has can be taken away, and is made in the blueprint. */
export function ScopePicker({ object, value, locked, label, onChange }: Props) {
  const { t } = useText();
  const shortOf = (scope: ScopeName): ReactNode => t(`admin.scope.${scope}`);
  const known = new Map(value.map((scope) => [keyOf(scope), scope]));
  const conditions = value.filter((scope) => typeof scope === "object");
  const options = [
    ...SCOPES.map((scope) => ({ value: scope as string, label: shortOf(scope), text: t(`admin.scopeText.${scope}`) })),
    ...conditions.map((scope) => ({
      value: keyOf(scope),
      label: (
        <span className={styles["condition"]}>
          <ConditionText object={object} condition={scope.condition} />
        </span>
      ),
      text: "",
    })),
  ];
  const change = (keys: string[]) => {
    onChange(keys.flatMap((key) => known.get(key) ?? SCOPES.find((scope) => scope === key) ?? []));
  };
  return (
    <Select
      mode="multiple"
      className={styles["scopes"] ?? ""}
      value={value.map(keyOf)}
      onChange={change}
      options={options}
      disabled={locked}
      placeholder={t("admin.never")}
      aria-label={label}
      popupMatchSelectWidth={false}
      showSearch={false}
      variant="borderless"
      suffixIcon={null}
      optionRender={({ label: short, data }) => data.text || short}
    />
  );
}

function keyOf(scope: Scope): string {
  return typeof scope === "string" ? scope : JSON.stringify(scope);
}
