import { useText } from "@/i18n/use-text";
import { PlusOutlined, Select } from "@/ui";

import { isNewType, newFieldOf, type Choice } from "./draft";
import styles from "./match.module.css";
import type { TargetGroup } from "./targets";
import type { ImportColumn } from "./types";

type Props = {
  column: ImportColumn;
  choice: Choice;
  targets: TargetGroup[];
  taken: Set<string>;
  canAdd: boolean;
  onTarget: (target: string) => void;
  onNew: () => void;
  onIgnore: () => void;
};

const NEW = "+new";
const IGNORED = "+ignore";

/** Which field a column fills; a column that none fits can become one here. */
export function FieldPicker({ column, choice, targets, taken, canAdd, onTarget, onNew, onIgnore }: Props) {
  const { t, label } = useText();
  const value = choice.kind === "field" ? choice.target : choice.kind === "new" ? NEW : IGNORED;
  const proposed = newFieldOf(column);
  const actions = [
    { value: IGNORED, label: t("intake.ignore"), search: "" },
    ...(canAdd
      ? [{ value: NEW, label: t("intake.addField", { name: column.name, type: typeName(t, proposed.type) }), search: column.name }]
      : []),
  ];
  const change = (next: string) => {
    if (next === NEW) onNew();
    else if (next === IGNORED) onIgnore();
    else onTarget(next);
  };
  return (
    <Select
      className={choice.kind === "ignore" ? (styles["unused"] ?? "") : ""}
      value={value}
      onChange={change}
      aria-label={t("intake.fieldFor", { column: column.name })}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: "search" }}
      style={{ width: "100%" }}
      labelRender={({ value: shown, label: text }) =>
        shown === NEW ? (
          <>
            <PlusOutlined className={styles["plus"] ?? ""} aria-hidden="true" />{" "}
            {choice.kind === "new" && t("intake.newNamed", { name: label(choice.field.label), type: typeName(t, choice.field.type) })}
          </>
        ) : (
          text
        )
      }
      options={[
        { label: t("intake.actions"), options: actions },
        ...targets.map((group) => ({
          label: group.name,
          options: group.targets.map((target) => ({
            value: target.key,
            label: target.name,
            search: `${target.name} ${target.key}`,
            taken: taken.has(target.key) && target.key !== value,
          })),
        })),
      ]}
      optionRender={({ label: text, data }) => (
        <span className={styles["option"]}>
          <span>{text}</span>
          {"taken" in data && data.taken === true && <small className="quiet">{t("intake.taken")}</small>}
        </span>
      )}
    />
  );
}

type Translate = ReturnType<typeof useText>["t"];

export function typeName(t: Translate, type: string): string {
  return isNewType(type) ? t(`intake.types.${type}`) : type;
}
