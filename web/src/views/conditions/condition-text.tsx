import { Fragment } from "react";

import {
  asList,
  asText,
  isAll,
  isAny,
  isLeaf,
  isObject,
  useWorkspace,
  type Condition,
  type Json,
  type JsonObject,
  type Leaf,
} from "@/api";
import { targetOf, useFieldText, useTitles } from "@/fields";
import { isRelative } from "@/fields/date/relative";
import { useText } from "@/i18n/use-text";

import { isOp, operatorKey } from "./operators";
import { fieldAt, pathLabel, type FieldAt } from "./paths";
import styles from "./conditions.module.css";

/** A condition as a sentence: 阶段 是 报价 或 签约. */
export function ConditionText({ object, condition }: { object: string; condition: Condition }) {
  const { t } = useText();
  if (isLeaf(condition)) return <LeafText object={object} leaf={condition} />;
  if ("not" in condition) {
    return (
      <>
        {t("filters.not")} (<ConditionText object={object} condition={condition.not} />)
      </>
    );
  }
  const parts = isAll(condition) ? condition.all : isAny(condition) ? condition.any : [];
  const between = isAny(condition) ? t("filters.or") : t("filters.and");
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <span className={styles["between"]}> {between} </span>}
          <ConditionText object={object} condition={part} />
        </Fragment>
      ))}
    </>
  );
}

function LeafText({ object, leaf }: { object: string; leaf: Leaf }) {
  const { t, language } = useText();
  const workspace = useWorkspace();
  const at = fieldAt(workspace, object, leaf.field);
  if (leaf.field === "q") return <>{t("filters.search", { q: asText(leaf.value) })}</>;
  if (!at || !isOp(leaf.op)) return <>{`${leaf.field} ${leaf.op} ${asText(leaf.value)}`}</>;
  const bare = leaf.op === "empty" || leaf.op === "not_empty";
  const operator = operatorKey(at.field, leaf.op, leaf.value);
  return (
    <>
      <span className={styles["fieldName"]}>{pathLabel(workspace, object, leaf.field, language)}</span>{" "}
      <span className={styles["op"]}>{t(operator)}</span>{" "}
      {!bare && operator !== "filters.dateOp.overdue" && <ValueText at={at} value={leaf.value} />}
    </>
  );
}

function ValueText({ at, value }: { at: FieldAt; value: Json | undefined }) {
  const { t } = useText();
  const text = useFieldText();
  const ids = targetOf(at.field) ? asList(value).filter((one) => typeof one === "string") : [];
  const titles = useTitles(targetOf(at.field), ids);
  if (isObject(value)) return <>{objectText(t, value)}</>;
  const one = (part: Json): string => {
    if (typeof part === "string" && titles.has(part)) return titles.get(part) ?? part;
    return text(at.object, at.field, part);
  };
  return <>{asList(value).map(one).join(` ${t("filters.or")} `)}</>;
}

type Translate = ReturnType<typeof useText>["t"];

function objectText(t: Translate, value: JsonObject): string {
  const name = asText(value["var"]);
  if (isVariable(name)) return t(`filters.var.${name}`);
  const relative = asText(value["relative"]);
  if (isRelative(relative)) return t(`filters.relative.${relative}`, { n: asText(value["n"]) });
  return asText(value["value"]);
}

const VARIABLES = ["me", "my_subordinates", "my_department", "my_departments", "now", "today"] as const;

function isVariable(name: string): name is (typeof VARIABLES)[number] {
  return VARIABLES.some((one) => one === name);
}
