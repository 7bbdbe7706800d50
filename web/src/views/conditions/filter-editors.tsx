import { useState } from "react";

import { ALWAYS, isLeaf, useWorkspace, type Condition } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Select } from "@/ui";

import styles from "./conditions.module.css";
import { GroupEditor } from "./group-editor";
import { LeafEditor, newLeaf } from "./leaf-editor";
import { isComplete } from "./operators";
import { filterPaths, pathLabel } from "./paths";
import { finished, withMore } from "./tree";

type EditorProps = { object: string; condition: Condition; onChange: (next: Condition) => void; onRemove: () => void };

/** Asks the list again only when the condition says something whole. */
export function ChipEditor({ object, condition, onChange, onRemove }: EditorProps) {
  const [draft, setDraft] = useState(condition);
  const write = (next: Condition) => {
    setDraft(next);
    if (isLeaf(next) ? isComplete(next) : true) onChange(isLeaf(next) ? next : finished(next));
  };
  if (isLeaf(draft)) return <LeafEditor object={object} leaf={draft} onChange={write} onRemove={onRemove} />;
  return <GroupEditor object={object} condition={draft} onChange={write} onRemove={onRemove} />;
}

type NewProps = { object: string; where: Condition | undefined; onChange: (where: Condition) => void; onClose: () => void };

/** Asks for the field first; then the condition grows in the bar while it is being written. */
export function NewFilter({ object, where, onChange, onClose }: NewProps) {
  const { t, language } = useText();
  const workspace = useWorkspace();
  const [draft, setDraft] = useState<Condition | null>(null);
  const [before] = useState(where);
  if (!draft) {
    return (
      <div className={styles["new"]}>
        <Select
          autoFocus
          defaultOpen
          placeholder={t("filters.field")}
          aria-label={t("filters.field")}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(path: string) => setDraft(newLeaf(workspace, object, path))}
          options={filterPaths(workspace, object).map(({ path }) => ({
            value: path,
            label: pathLabel(workspace, object, path, language),
          }))}
          style={{ width: 240 }}
        />
        <Button type="link" onClick={() => setDraft({ any: [] })}>
          {t("filters.addGroup")}
        </Button>
      </div>
    );
  }
  const write = (next: Condition) => {
    setDraft(next);
    const whole = finished(next);
    if (Object.keys(whole).length > 0) onChange(withMore(before, whole));
  };
  const leave = () => {
    onChange(before ?? ALWAYS);
    onClose();
  };
  return isLeaf(draft) ? (
    <LeafEditor object={object} leaf={draft} onChange={write} onRemove={leave} />
  ) : (
    <GroupEditor object={object} condition={draft} onChange={write} onRemove={leave} />
  );
}
