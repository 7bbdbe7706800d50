import { asText } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, PlusOutlined, Pop, RightOutlined, Tag } from "@/ui";

import { newFieldOf, type Choice } from "./draft";
import { FieldPicker, typeName } from "./field-picker";
import styles from "./match.module.css";
import { NewFieldForm } from "./new-field-form";
import type { TargetGroup } from "./targets";
import type { ImportColumn } from "./types";

type Props = {
  column: ImportColumn;
  choice: Choice;
  targets: TargetGroup[];
  taken: Set<string>;
  canAdd: boolean;
  problem: string | undefined;
  onChoose: (choice: Choice) => void;
};

const SAMPLES = 3;

export function MatchRow({ column, choice, targets, taken, canAdd, problem, onChoose }: Props) {
  const { t } = useText();
  const samples = column.samples.slice(0, SAMPLES).map(asText);
  const tone = problem ? styles["wrong"] : choice.kind === "ignore" ? styles["ignored"] : "";
  return (
    <li className={`${styles["row"]} ${tone}`}>
      <div className={styles["column"]}>
        <span className="cut" title={column.name}>
          {column.name}
        </span>
        <small className="quiet cut" title={samples.join("\n")}>
          {samples.length > 0 ? samples.join(" · ") : t("intake.noValues")}
        </small>
      </div>
      <RightOutlined className={styles["arrow"] ?? ""} aria-hidden="true" />
      <div className={styles["target"]}>
        <div className={styles["pick"]}>
          <FieldPicker
            column={column}
            choice={choice}
            targets={targets}
            taken={taken}
            canAdd={canAdd}
            onTarget={(target) => onChoose({ kind: "field", target })}
            onNew={() => onChoose({ kind: "new", field: newFieldOf(column) })}
            onIgnore={() => onChoose({ kind: "ignore" })}
          />
          {choice.kind === "new" ? (
            <Pop
              title={t("intake.newField")}
              placement="bottomRight"
              content={<NewFieldForm field={choice.field} onChange={(field) => onChoose({ kind: "new", field })} />}
            >
              <Button size="small" type="text" aria-label={t("intake.editField", { name: column.name })}>
                {t("common.edit")}
              </Button>
            </Pop>
          ) : choice.kind === "ignore" && canAdd && column.samples.length > 0 ? (
            <Button
              size="small"
              type="text"
              icon={<PlusOutlined />}
              title={t("intake.addField", { name: column.name, type: typeName(t, newFieldOf(column).type) })}
              onClick={() => onChoose({ kind: "new", field: newFieldOf(column) })}
            >
              {t("intake.add")}
            </Button>
          ) : (
            <Confidence column={column} choice={choice} />
          )}
        </div>
        {choice.kind === "ignore" && <Maybe column={column} targets={targets} taken={taken} onChoose={onChoose} />}
        {problem && (
          <p className={styles["problem"]} role="alert">
            {problem}
          </p>
        )}
      </div>
    </li>
  );
}

type MaybeProps = Pick<Props, "column" | "targets" | "taken" | "onChoose">;

/** A guess too weak to be made, one click away. */
function Maybe({ column, targets, taken, onChoose }: MaybeProps) {
  const { t } = useText();
  const key = column.maybe ?? "";
  const target = targets.flatMap((group) => group.targets).find((one) => one.key === key);
  if (!target || taken.has(key)) return null;
  return (
    <Button
      size="small"
      type="link"
      className={styles["maybe"] ?? ""}
      title={column.why?.join("\n") ?? ""}
      onClick={() => onChoose({ kind: "field", target: key })}
    >
      {t("intake.maybe", { field: target.name })}
    </Button>
  );
}

const SURE = 0.85;
const FAIR = 0.65;

/** How sure the suggestion is; what a person chose needs no such word. */
function Confidence({ column, choice }: Pick<Props, "column" | "choice">) {
  const { t } = useText();
  if (choice.kind !== "field" || choice.target !== (column.target ?? column.maybe)) return null;
  const level = column.confidence >= SURE ? "sure" : column.confidence >= FAIR ? "fair" : "unsure";
  const why = [t("intake.confidence", { percent: Math.round(column.confidence * 100) }), ...(column.why ?? [])].join("\n");
  return (
    <Tag tone={level === "sure" ? "green" : "amber"} title={why}>
      {t(`intake.level.${level}`)}
    </Tag>
  );
}
