import { useState } from "react";

import { asList, asText, isEmpty, type BatchOrder, type Condition, type Json, type ObjectDef, type Row, type Titled } from "@/api";
import { canEdit, FieldInput, isTagField, Picker } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Select } from "@/ui";

import { BulkForm } from "./bulk-form";

export type Target = { ids: string[] } | { where: Condition };

type Props = { def: ObjectDef; target: Target; onDone: () => void };

export function TransferForm({ def, target, onDone }: Props) {
  const { t } = useText();
  const [owner, setOwner] = useState<Titled | null>(null);
  const orders: BatchOrder[] = owner ? [{ action: "transfer", owner: owner.id, ...target }] : [];
  return (
    <BulkForm
      def={def}
      orders={orders}
      submit={t("list.transfer")}
      said={(n) => t("list.transferred", { count: n, who: owner?.title ?? "" })}
      onDone={onDone}
    >
      <Picker target="member" label={t("list.transferTo")} value={owner} onChange={setOwner} autoFocus />
    </BulkForm>
  );
}

export function ChangeForm({ def, target, onDone }: Props) {
  const { t, label } = useText();
  const [key, setKey] = useState<string>();
  const [value, setValue] = useState<Json>(null);
  const fields = def.fields.filter((field) => canEdit(field) && !field.system);
  const field = fields.find((one) => one.key === key);
  const ready = field && !(field.required && isEmpty(value));
  const orders: BatchOrder[] = ready ? [{ action: "update", values: { [field.key]: value }, ...target }] : [];
  return (
    <BulkForm def={def} orders={orders} submit={t("list.change")} said={(count) => t("list.changed", { count })} onDone={onDone}>
      <Select
        value={key}
        onChange={(next: string) => {
          setKey(next);
          setValue(null);
        }}
        options={fields.map((one) => ({ value: one.key, label: label(one.label) }))}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("filters.field")}
        aria-label={t("filters.field")}
      />
      {field && (
        <div>
          <FieldInput key={field.key} object={def.key} field={field} value={value} onChange={setValue} />
        </div>
      )}
    </BulkForm>
  );
}

/** Adds to the tags each record already has; records that end up alike are written together. */
export function TagForm({ def, rows, onDone }: { def: ObjectDef; rows: Row[]; onDone: () => void }) {
  const { t } = useText();
  const [added, setAdded] = useState<Json>(null);
  const field = def.fields.find(isTagField);
  if (!field) return null;
  const orders = isEmpty(added) ? [] : tagOrders(rows, field.key, asList(added).map(asText));
  return (
    <BulkForm def={def} orders={orders} submit={t("list.tag")} said={(count) => t("list.changed", { count })} onDone={onDone}>
      <div>
        <FieldInput object={def.key} field={field} value={added} onChange={setAdded} autoFocus />
      </div>
    </BulkForm>
  );
}

function tagOrders(rows: Row[], key: string, added: string[]): BatchOrder[] {
  const groups = new Map<string, { tags: string[]; ids: string[] }>();
  for (const row of rows) {
    const tags = [...new Set([...asList(row[key]).map(asText), ...added])];
    const group = groups.get(tags.join("\n")) ?? { tags, ids: [] };
    group.ids.push(row.id);
    groups.set(tags.join("\n"), group);
  }
  return [...groups.values()].map(({ tags, ids }) => ({ action: "update", ids, values: { [key]: tags } }));
}

export function DeleteForm({ def, target, onDone }: Props) {
  const { t } = useText();
  return (
    <BulkForm
      def={def}
      orders={[{ action: "delete", ...target }]}
      submit={t("common.delete")}
      said={(count) => t("list.deleted", { count })}
      danger
      onDone={onDone}
    />
  );
}
