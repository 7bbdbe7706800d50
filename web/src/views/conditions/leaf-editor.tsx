import { useWorkspace, type Leaf } from "@/api";
import { FieldFilter, fieldType } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Button, DeleteOutlined, Select } from "@/ui";

import styles from "./conditions.module.css";
import { operatorKey, operatorsOf, reshape } from "./operators";
import { fieldAt, filterPaths, pathLabel } from "./paths";

type Props = { object: string; leaf: Leaf; onChange: (leaf: Leaf) => void; onRemove: () => void };

/** One comparison: which field, how, with what. */
export function LeafEditor({ object, leaf, onChange, onRemove }: Props) {
  const { t, language } = useText();
  const workspace = useWorkspace();
  const at = fieldAt(workspace, object, leaf.field);
  const choices = filterPaths(workspace, object).map(({ path }) => ({
    value: path,
    label: pathLabel(workspace, object, path, language),
  }));
  return (
    <div className={styles["leaf"]}>
      <Select
        value={leaf.field}
        onChange={(path: string) => onChange(newLeaf(workspace, object, path))}
        options={choices}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        aria-label={t("filters.field")}
      />
      {at && (
        <Select
          value={leaf.op}
          onChange={(op: string) => onChange({ ...leaf, op, value: reshape(leaf.value, op) })}
          options={operatorsOf(at.field).map((op) => ({ value: op, label: t(operatorKey(at.field, op, null)) }))}
          popupMatchSelectWidth={false}
          aria-label={t("filters.operator")}
        />
      )}
      <div className={styles["value"]}>
        {at && (
          <FieldFilter
            key={`${leaf.field} ${leaf.op}`}
            object={at.object}
            field={at.field}
            op={leaf.op}
            value={leaf.value}
            onChange={(value) => onChange({ ...leaf, value })}
          />
        )}
      </div>
      <Button type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t("filters.remove")} title={t("filters.remove")} />
    </div>
  );
}

/** A comparison on a field, begun with its most usual operator. */
export function newLeaf(workspace: Parameters<typeof fieldAt>[0], object: string, path: string): Leaf {
  const at = fieldAt(workspace, object, path);
  const op = (at && operatorsOf(at.field)[0]) ?? "eq";
  const value = at ? reshape(fieldType(at.field).first, op) : null;
  return { field: path, op, value };
}
