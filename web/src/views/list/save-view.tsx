import { useState } from "react";

import { useSaveView, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Checkbox, Input, toast, useErrorText } from "@/ui";

import { AS_VIEW, useListChange, type ListState } from "./list-state";
import styles from "./list.module.css";

type Props = { def: ObjectDef; state: ListState; onClose: () => void };

/** Keeps what is shown now under a name, for oneself or for the team. */
export function SaveView({ def, state, onClose }: Props) {
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
