import { isAlways, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { Button, EmptyState, ObjectIcon } from "@/ui";

import { AS_VIEW, useListChange, type ListState } from "./list-state";

type Props = { def: ObjectDef; state: ListState };

/** Nothing fits: what was asked can be taken back. Nothing in a view: all can be seen. Nothing at all: the first step. */
export function Nothing({ def, state }: Props) {
  const { t, label } = useText();
  const { startCreate } = usePanels();
  const object = label(def.label);
  const icon = <ObjectIcon name={def.icon} />;
  const own = state.q.trim() !== "" || state.filtered;
  if (own || !isAlways(state.where)) {
    const title = own ? t("list.noneFits", { object }) : t("list.noneInView", { object, view: label(state.view?.label) });
    return <EmptyState icon={icon} title={title} action={<WayOut def={def} state={state} own={own} />} />;
  }
  return (
    <EmptyState
      icon={icon}
      title={t("list.noneYet", { object })}
      text={def.rights.create ? t("list.noneYetText") : undefined}
      action={
        def.rights.create && (
          <Button type="primary" onClick={() => startCreate(def.key)}>
            {t("shell.newOf", { object })}
          </Button>
        )
      }
    />
  );
}

function WayOut({ def, state, own }: Props & { own: boolean }) {
  const { t, label } = useText();
  const change = useListChange();
  const all = state.views.find((view) => isAlways(view.where ?? {}));
  const object = label(def.plural ?? def.label);
  const seeAll = () => change(all ? { view: all.key, ...AS_VIEW, q: undefined } : { where: {}, q: undefined });
  return (
    <>
      {own && <Button onClick={() => change({ where: undefined, q: undefined })}>{t("filters.clear")}</Button>}
      {(!own || !isAlways(state.view?.where ?? {})) && <Button onClick={seeAll}>{t("list.seeAll", { object })}</Button>}
    </>
  );
}
