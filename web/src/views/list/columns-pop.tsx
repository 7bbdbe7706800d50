import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent } from "@dnd-kit/core";
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useState } from "react";

import type { FieldDef, ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, CloseOutlined, HolderOutlined, Input, PlusOutlined } from "@/ui";

import styles from "./list.module.css";

type Props = { def: ObjectDef; columns: string[]; onChange: (columns: string[]) => void };

/** Which columns, in which order; dragged by pointer or by keyboard. */
export function ColumnsPop({ def, columns, onChange }: Props) {
  const { t, label } = useText();
  const [q, setQ] = useState("");
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const movable = columns.filter((key) => key !== def.title);
  const find = (key: string) => def.fields.find((field) => field.key === key);
  const fits = (field: FieldDef) => label(field.label).toLowerCase().includes(q.trim().toLowerCase());
  const others = def.fields.filter((field) => !columns.includes(field.key) && !HIDDEN.includes(field.key) && fits(field));
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const from = movable.indexOf(String(active.id));
    onChange([def.title, ...arrayMove(movable, from, movable.indexOf(String(over.id)))]);
  };
  return (
    <div className={styles["columns"]}>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={movable} strategy={verticalListSortingStrategy}>
          <ul aria-label={t("list.shownColumns")}>
            {movable.map((key) => {
              const field = find(key);
              return field && <Shown key={key} field={field} onRemove={() => onChange(columns.filter((one) => one !== key))} />;
            })}
          </ul>
        </SortableContext>
      </DndContext>
      <Input
        size="small"
        value={q}
        onChange={(event) => setQ(event.target.value)}
        placeholder={t("list.findColumn")}
        aria-label={t("list.findColumn")}
        allowClear
      />
      <ul aria-label={t("list.otherColumns")} className={styles["others"]}>
        {others.map((field) => (
          <li key={field.key}>
            <button type="button" className={styles["addColumn"]} onClick={() => onChange([...columns, field.key])}>
              <PlusOutlined aria-hidden="true" />
              <span className="cut">{label(field.label)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const HIDDEN = ["id", "version", "deleted_at", "score_parts"];

function Shown({ field, onRemove }: { field: FieldDef; onRemove: () => void }) {
  const { t, label } = useText();
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id: field.key });
  const style = { transition, ...(transform ? { transform: `translateY(${transform.y}px)` } : {}) };
  const name = label(field.label);
  return (
    <li ref={setNodeRef} style={style} className={styles["shown"]}>
      <button type="button" className={styles["handle"]} {...attributes} {...listeners} aria-label={t("list.moveColumn", { field: name })}>
        <HolderOutlined aria-hidden="true" />
      </button>
      <span className="cut">{name}</span>
      <Button type="text" size="small" icon={<CloseOutlined />} onClick={onRemove} aria-label={t("list.hideColumn", { field: name })} />
    </li>
  );
}
