import { ALWAYS, isAny, isLeaf, useWorkspace, type Condition } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, DeleteOutlined, PlusOutlined, Segmented } from "@/ui";

import styles from "./conditions.module.css";
import { LeafEditor, newLeaf } from "./leaf-editor";
import { filterPaths } from "./paths";

type Props = {
  object: string;
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
  depth?: number;
};

const DEEPEST = 3;

type Kind = "all" | "any" | "not";

/** And/or groups of comparisons, to any sensible depth. */
export function GroupEditor({ object, condition, onChange, onRemove, depth = 0 }: Props) {
  const { t } = useText();
  const workspace = useWorkspace();
  const { kind, parts } = opened(condition);
  const write = (next: Condition[], as: Kind = kind) => onChange(closed(as, next));
  const first = filterPaths(workspace, object)[0]?.path;
  const more = first ? newLeaf(workspace, object, first) : ALWAYS;
  return (
    <div className={depth > 0 ? styles["inner"] : styles["outer"]} role="group" aria-label={t(`filters.${kind}`)}>
      <div className={styles["head"]}>
        <Segmented<Kind>
          size="small"
          value={kind}
          onChange={(next) => write(parts, next)}
          options={(["all", "any", "not"] as const).map((one) => ({ value: one, label: t(`filters.${one}`) }))}
        />
        {onRemove && (
          <Button type="text" size="small" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t("filters.remove")} />
        )}
      </div>
      {parts.map((part, index) => {
        const change = (next: Condition) => write(parts.with(index, next));
        const remove = () => write(parts.toSpliced(index, 1));
        return isLeaf(part) ? (
          <LeafEditor key={index} object={object} leaf={part} onChange={change} onRemove={remove} />
        ) : (
          <GroupEditor key={index} object={object} condition={part} onChange={change} onRemove={remove} depth={depth + 1} />
        );
      })}
      <div className={styles["foot"]}>
        <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => write([...parts, more])}>
          {t("filters.addCondition")}
        </Button>
        {depth < DEEPEST && (
          <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => write([...parts, { any: [more] }])}>
            {t("filters.addGroup")}
          </Button>
        )}
      </div>
    </div>
  );
}

function opened(condition: Condition): { kind: Kind; parts: Condition[] } {
  if (isLeaf(condition)) return { kind: "all", parts: [condition] };
  if (isAny(condition)) return { kind: "any", parts: condition.any };
  if ("all" in condition && Array.isArray(condition.all)) return { kind: "all", parts: condition.all };
  if ("not" in condition && condition.not) {
    const inner = opened(condition.not);
    return { kind: "not", parts: inner.kind === "any" ? inner.parts : [condition.not] };
  }
  return { kind: "all", parts: [] };
}

/** None of the parts may hold when the group is turned round. */
function closed(kind: Kind, parts: Condition[]): Condition {
  if (kind === "any") return { any: parts };
  return kind === "all" ? { all: parts } : { not: { any: parts } };
}
