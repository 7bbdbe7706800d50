import { useState } from "react";

import { useSaveView, type ObjectDef, type ViewDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Checkbox, DownOutlined, Input, Menu, Pop, toast, useErrorText } from "@/ui";

import { useListChange, type ListState } from "./list-state";
import styles from "./list.module.css";

type Props = { def: ObjectDef; state: ListState };

const AS_VIEW = { where: undefined, sort: undefined, columns: undefined } as const;

/** Saved views as tabs; what differs from the chosen one can be kept in it or beside it. */
export function ViewTabs({ def, state }: Props) {
  const { t, label } = useText();
  const change = useListChange();
  const chosen = state.view?.key;
  return (
    <div className={styles["tabs"]}>
      <div className={styles["tabList"]} role="tablist" aria-label={t("list.views")}>
        {state.views.map((view) => (
          <button
            key={view.key}
            type="button"
            role="tab"
            aria-selected={view.key === chosen}
            className={styles["tab"]}
            onClick={() => change({ view: view.key, ...AS_VIEW })}
          >
            {label(view.label)}
          </button>
        ))}
      </div>
      {state.changed && <Changed def={def} state={state} />}
      {!state.changed && state.view?.id && state.view.mine !== false && <ViewMenu def={def} view={state.view} />}
    </div>
  );
}

function Changed({ def, state }: Props) {
  const { t } = useText();
  const change = useListChange();
  const save = useSaveView(def.key);
  const own = state.view?.id && state.view.mine !== false ? state.view : undefined;
  const now = { where: state.where, sort: state.sort, columns: state.columns };
  const keep = () => {
    if (own?.id) save.mutate({ id: own.id, change: now }, { onSuccess: () => change({ ...AS_VIEW }) });
  };
  return (
    <span className={styles["changed"]}>
      {own && (
        <Button size="small" type="link" onClick={keep} loading={save.isPending}>
          {t("list.keepView")}
        </Button>
      )}
      <Pop title={t("list.saveView")} content={(close) => <SaveView def={def} state={state} onClose={close} />}>
        <Button size="small" type="link">
          {t("list.saveView")}
        </Button>
      </Pop>
      <Button size="small" type="text" onClick={() => change({ ...AS_VIEW })}>
        {t("list.resetView")}
      </Button>
    </span>
  );
}

function SaveView({ def, state, onClose }: Props & { onClose: () => void }) {
  const { t } = useText();
  const change = useListChange();
  const save = useSaveView(def.key);
  const explain = useErrorText();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const submit = () => {
    const text = name.trim();
    if (!text) return;
    const { where, sort, columns } = state;
    save.mutate(
      { change: { label: { zh: text, en: text }, where, sort, columns, shared } },
      {
        onSuccess: (view) => {
          change({ view: view?.id ?? view?.key, ...AS_VIEW });
          onClose();
        },
        onError: (error) => toast(explain(error), { tone: "bad" }),
      },
    );
  };
  return (
    <div className={styles["saveView"]}>
      <Input
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={submit}
        placeholder={t("list.viewName")}
        aria-label={t("list.viewName")}
        maxLength={40}
      />
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {t("list.shareView")}
      </Checkbox>
      <Button type="primary" onClick={submit} loading={save.isPending} disabled={!name.trim()}>
        {t("common.save")}
      </Button>
    </div>
  );
}

function ViewMenu({ def, view }: { def: ObjectDef; view: ViewDef }) {
  const { t } = useText();
  const change = useListChange();
  const save = useSaveView(def.key);
  const { id } = view;
  if (!id) return null;
  const choose = (key: string) => {
    if (key === "share") save.mutate({ id, change: { shared: !view.shared } });
    else save.mutate({ id, change: null }, { onSuccess: () => change({ view: undefined, ...AS_VIEW }) });
  };
  const items = [
    { key: "share", label: view.shared ? t("list.unshareView") : t("list.shareView") },
    { key: "delete", label: t("list.deleteView"), tone: "danger" as const },
  ];
  return (
    <Menu items={items} onChoose={choose} label={t("list.viewMenu")}>
      <Button size="small" type="text" icon={<DownOutlined />} aria-label={t("list.viewMenu")} />
    </Menu>
  );
}
