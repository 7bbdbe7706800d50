import { lazy, Suspense } from "react";

import { useSaveView, type ObjectDef, type ViewDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Bone, Button, DownOutlined, Menu, Pop } from "@/ui";

import { AS_VIEW, useListChange, type ListState } from "./list-state";
import styles from "./list.module.css";

type Props = { def: ObjectDef; state: ListState };

const SaveView = lazy(() => import("./save-view").then((module) => ({ default: module.SaveView })));

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
            ref={view.key === chosen ? intoSight : undefined}
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

/** Where the tabs scroll, the chosen one is seen. */
function intoSight(tab: HTMLElement | null): void {
  const list = tab?.parentElement;
  if (tab && list && tab.offsetLeft + tab.offsetWidth > list.offsetLeft + list.clientWidth) list.scrollLeft = tab.offsetLeft - list.offsetLeft;
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
      <Pop
        title={t("list.saveView")}
        content={(close) => (
          <Suspense fallback={<Bone width={260} height={110} />}>
            <SaveView def={def} state={state} onClose={close} />
          </Suspense>
        )}
      >
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
