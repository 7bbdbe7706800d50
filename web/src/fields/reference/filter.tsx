import { isObject, type Json, type Titled } from "@/api";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import type { FilterProps } from "../contract";
import styles from "../fields.module.css";
import { targetOf } from "../options";
import { Picker } from "./picker";
import { useTitles } from "./titles";

const SEVERAL = ["in", "not_in", "has_any", "has_all"];
const THIS = "this";

/** Certain records, or "me", "my department", which mean somebody else for each reader. */
export function ReferenceFilter({ field, op, value, onChange }: FilterProps) {
  const { t } = useText();
  const target = targetOf(field);
  const variables = VARIABLES[target] ?? [];
  const variable = isObject(value) && typeof value["var"] === "string" ? value["var"] : THIS;
  return (
    <span className={styles["stack"]}>
      {variables.length > 0 && (
        <Select
          value={variable}
          onChange={(next: string) => onChange(next === THIS ? null : { var: next })}
          options={[
            ...variables.map((name) => ({ value: name, label: t(`filters.var.${name}`) })),
            { value: THIS, label: t("filters.certain") },
          ]}
          aria-label={t("filters.who")}
        />
      )}
      {variable === THIS && <Certain target={target} several={SEVERAL.includes(op)} value={value} onChange={onChange} />}
    </span>
  );
}

const VARIABLES: Record<string, readonly ("me" | "my_subordinates" | "my_department" | "my_departments")[]> = {
  member: ["me", "my_subordinates"],
  department: ["my_department", "my_departments"],
};

type CertainProps = { target: string; several: boolean; value: Json | undefined; onChange: (value: Json) => void };

function Certain({ target, several, value, onChange }: CertainProps) {
  const { t } = useText();
  const ids = Array.isArray(value) ? value.filter((one) => typeof one === "string") : typeof value === "string" ? [value] : [];
  const titles = useTitles(target, ids);
  const chosen: Titled[] = ids.map((id) => ({ id, title: titles.get(id) ?? id }));
  const label = t("filters.value");
  if (several) {
    return <Picker target={target} label={label} several value={chosen} onChange={(next) => onChange(next.map((one) => one.id))} />;
  }
  return <Picker target={target} label={label} value={chosen[0] ?? null} onChange={(next) => onChange(next?.id ?? null)} />;
}
