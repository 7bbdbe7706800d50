import { useDeferredValue, useState, type ReactNode } from "react";

import { asText, both, useList, useObject, type Condition, type Row, type Titled } from "@/api";
import { useText } from "@/i18n/use-text";
import { Avatar, Select, toast } from "@/ui";

import styles from "./picker.module.css";
import { useQuickCreate } from "./quick-create";

type Common = {
  /** The object to choose from. */
  target: string;
  where?: Condition;
  id?: string | undefined;
  label?: string;
  autoFocus?: boolean | undefined;
  problem?: string | undefined;
  onDone?: (() => void) | undefined;
  /** A line more about each candidate, for example what they carry already. */
  detail?: (row: Row) => ReactNode;
};

type Props = Common &
  (
    | { several: true; value: Titled[]; onChange: (value: Titled[]) => void }
    | { several?: false; value: Titled | null; onChange: (value: Titled | null) => void }
  );

type Choice = { value: string; label: string; title: string; subtitle: string; row?: Row };

const NEW = "+new";
const SHOWN = 20;

/** Nothing is given to people who have left. */
const ACTIVE: Condition = { field: "status", op: "ne", value: "disabled" };

/** Chooses records by typing a part of what they are called; what is not there can be created on the spot. */
export function Picker(props: Props) {
  const { target, where, id, label, autoFocus = false, problem, onDone, detail } = props;
  const { t } = useText();
  const [q, setQ] = useState("");
  const [open, setOpen] = useState(autoFocus);
  const { choices, searching, named } = useChoices(target, useDeferredValue(q), where, open);
  const quickCreate = useQuickCreate(target);
  const chosen = props.several ? props.value : props.value ? [props.value] : [];
  const offered = withChosen(choices, chosen);
  const create: Choice[] =
    quickCreate && q.trim() ? [{ value: NEW, label: t("fields.createNamed", { name: q.trim() }), title: "", subtitle: "" }] : [];

  const take = (ids: string[]) => {
    const kept = ids.flatMap((one) => {
      const found = offered.find((choice) => choice.value === one);
      return found ? [{ id: one, title: found.title }] : [];
    });
    if (props.several) props.onChange(kept);
    else props.onChange(kept[0] ?? null);
  };
  const createAndTake = async () => {
    const made = await quickCreate?.(q.trim());
    if (!made) return;
    toast(t("fields.created", { name: made.title }), { tone: "good" });
    if (props.several) props.onChange([...props.value, made]);
    else props.onChange(made);
  };
  const change = (next: string | string[] | undefined) => {
    const ids = next === undefined ? [] : [next].flat();
    setQ("");
    if (ids.includes(NEW)) void createAndTake();
    else take(ids);
    if (!props.several) onDone?.();
  };

  return (
    <Select
      {...(id ? { id } : {})}
      {...(props.several ? { mode: "multiple" as const } : {})}
      value={props.several ? chosen.map((one) => one.id) : (chosen[0]?.id ?? null)}
      onChange={(next: string | string[] | undefined | null) => change(next ?? undefined)}
      options={[...offered, ...create]}
      optionRender={({ data }) => <ChoiceLine choice={data} person={target === "member"} detail={detail} />}
      showSearch={{ filterOption: false, onSearch: setQ, searchValue: q }}
      loading={searching}
      notFoundContent={searching ? t("common.loading") : t("fields.noneFound", { object: named })}
      allowClear
      open={open}
      onOpenChange={setOpen}
      onBlur={onDone}
      autoFocus={autoFocus}
      placeholder={t("fields.choose", { object: named })}
      aria-label={label}
      status={problem ? "error" : ""}
      style={{ width: "100%" }}
    />
  );
}

type LineProps = { choice: Choice; person: boolean; detail: ((row: Row) => ReactNode) | undefined };

function ChoiceLine({ choice, person, detail }: LineProps) {
  return (
    <span className={styles["choice"]}>
      {person && choice.value !== NEW && <Avatar name={choice.title} id={choice.value} size={22} />}
      <span className="cut">{choice.label}</span>
      <span className={`${styles["subtitle"]} cut`}>
        {detail && choice.row ? detail(choice.row) : choice.subtitle}
      </span>
    </span>
  );
}

function useChoices(target: string, q: string, where: Condition | undefined, open: boolean) {
  const { label } = useText();
  const def = useObject(target);
  const active = target === "member" ? ACTIVE : undefined;
  const list = useList(target, { q: q.trim(), limit: SHOWN, where: both(active, where) }, open && def !== undefined);
  const rows = list.data?.pages[0]?.items ?? [];
  const choices = rows.map((row): Choice => {
    const title = asText(row[def?.title ?? "name"]) || row.id;
    return { value: row.id, label: title, title, subtitle: textOf(row, def?.card.subtitle), row };
  });
  return { choices, searching: list.isFetching, named: label(def?.label) };
}

function textOf(row: Row, key: string | null | undefined): string {
  const value = key ? row[key] : undefined;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? asText(value["title"]) : asText(value);
}

/** What is chosen keeps its name even when the search has moved on. */
function withChosen(choices: Choice[], chosen: Titled[]): Choice[] {
  const known = new Set(choices.map((choice) => choice.value));
  const missing = chosen.filter((one) => !known.has(one.id));
  return [...missing.map(({ id, title }) => ({ value: id, label: title, title, subtitle: "" })), ...choices];
}
