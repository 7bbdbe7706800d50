import { useState } from "react";

import { ALWAYS, chips, isLeaf, useWorkspace, type Condition } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, CloseOutlined, FilterOutlined, Pop, Select } from "@/ui";

import { ConditionText } from "./condition-text";
import styles from "./conditions.module.css";
import { GroupEditor } from "./group-editor";
import { LeafEditor, newLeaf } from "./leaf-editor";
import { isComplete } from "./operators";
import { filterPaths, pathLabel } from "./paths";
import { finished, withChip, withMore } from "./tree";

type Props = { object: string; where: Condition | undefined; onChange: (where: Condition) => void };

/** The filter as readable chips, each edited where it stands; and/or groups are one click deeper. */
export function FilterBar({ object, where, onChange }: Props) {
  const { t } = useText();
  const parts = chips(where);
  return (
    <div className={styles["bar"]} role="group" aria-label={t("filters.add")}>
      {parts.map((part, index) => (
        <Chip key={index} object={object} condition={part} onChange={(next) => onChange(withChip(where, index, next))} />
      ))}
      <AddFilter object={object} where={where} onChange={onChange} />
      {parts.length > 0 && (
        <Button type="text" size="small" onClick={() => onChange(ALWAYS)}>
          {t("filters.clear")}
        </Button>
      )}
    </div>
  );
}

type ChipProps = { object: string; condition: Condition; onChange: (next: Condition | null) => void };

function Chip({ object, condition, onChange }: ChipProps) {
  const { t } = useText();
  return (
    <span className={styles["chip"]}>
      <Pop
        title={t("filters.edit")}
        content={(close) => (
          <ChipEditor
            object={object}
            condition={condition}
            onChange={onChange}
            onRemove={() => {
              close();
              onChange(null);
            }}
          />
        )}
      >
        <button type="button" className={styles["chipText"]}>
          <span className="cut">
            <ConditionText object={object} condition={condition} />
          </span>
        </button>
      </Pop>
      <button type="button" className={styles["chipClose"]} onClick={() => onChange(null)} aria-label={t("filters.remove")}>
        <CloseOutlined aria-hidden="true" />
      </button>
    </span>
  );
}

type EditorProps = { object: string; condition: Condition; onChange: (next: Condition) => void; onRemove: () => void };

/** Asks the list again only when the condition says something whole. */
function ChipEditor({ object, condition, onChange, onRemove }: EditorProps) {
  const [draft, setDraft] = useState(condition);
  const write = (next: Condition) => {
    setDraft(next);
    if (isLeaf(next) ? isComplete(next) : true) onChange(isLeaf(next) ? next : finished(next));
  };
  if (isLeaf(draft)) return <LeafEditor object={object} leaf={draft} onChange={write} onRemove={onRemove} />;
  return <GroupEditor object={object} condition={draft} onChange={write} onRemove={onRemove} />;
}

function AddFilter({ object, where, onChange }: Props) {
  const { t } = useText();
  return (
    <Pop title={t("filters.add")} content={(close) => <NewFilter object={object} where={where} onChange={onChange} onClose={close} />}>
      <Button size="small" type="text" icon={<FilterOutlined />}>
        {t("filters.add")}
      </Button>
    </Pop>
  );
}

function NewFilter({ object, where, onChange, onClose }: Props & { onClose: () => void }) {
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
