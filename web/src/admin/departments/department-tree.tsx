import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { asText, useRemove, useRestore, useWorkspace, type Condition, type ObjectDef, type Row } from "@/api";
import { titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import {
  Button,
  DeleteOutlined,
  EditOutlined,
  EllipsisOutlined,
  Menu,
  Person,
  PlusOutlined,
  RightOutlined,
  toast,
  useErrorText,
} from "@/ui";

import styles from "./departments.module.css";
import { lines, totalOf, type Node } from "./tree";

type Props = {
  def: ObjectDef;
  tree: Node[];
  people: Map<string, number>;
  onAdd: (parent: Row) => void;
  onEdit: (row: Row) => void;
};

export function DepartmentTree({ def, tree, people, onAdd, onEdit }: Props) {
  const { t } = useText();
  const [folded, setFolded] = useState<Set<string>>(new Set());
  const fold = (id: string) => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  };
  return (
    <ul className={styles["tree"]} aria-label={t("admin.section.departments")}>
      {lines(tree, folded).map((node) => (
        <li key={node.row.id} className={styles["line"]} style={{ paddingInlineStart: 8 + node.depth * 24 }}>
          <Fold node={node} folded={folded.has(node.row.id)} onFold={() => fold(node.row.id)} />
          <span className={styles["name"]}>{node.name}</span>
          <span className={styles["head"]}>
            <Head row={node.row} />
          </span>
          <People node={node} count={totalOf(node, people)} />
          <Actions def={def} node={node} onAdd={() => onAdd(node.row)} onEdit={() => onEdit(node.row)} />
        </li>
      ))}
    </ul>
  );
}

function Fold({ node, folded, onFold }: { node: Node; folded: boolean; onFold: () => void }) {
  const { t } = useText();
  if (node.children.length === 0) return <span className={styles["fold"]} />;
  return (
    <button
      type="button"
      className={`plain ${styles["fold"]}`}
      aria-expanded={!folded}
      aria-label={t(folded ? "admin.unfold" : "admin.fold", { name: node.name })}
      onClick={onFold}
    >
      <RightOutlined className={(folded ? "" : styles["open"]) ?? ""} aria-hidden="true" />
    </button>
  );
}

function Head({ row }: { row: Row }) {
  const { t } = useText();
  const head = titledOf(row["head"]);
  return head ? <Person name={head.title} id={head.id} /> : <span className="quiet">{t("admin.noHead")}</span>;
}

/** Opens the people of the department and of all below it. */
function People({ node, count }: { node: Node; count: number }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const where: Condition = {
    all: [
      { field: "department", op: "under", value: node.row.id },
      { field: "status", op: "eq", value: "active" },
    ],
  };
  return (
    <Link to="/w/$ws/o/$object" params={{ ws, object: "member" }} search={{ where }} className={styles["people"] ?? ""}>
      {t("admin.people", { count })}
    </Link>
  );
}

type ActionProps = { def: ObjectDef; node: Node; onAdd: () => void; onEdit: () => void };

function Actions({ def, node, onAdd, onEdit }: ActionProps) {
  const { t } = useText();
  const explain = useErrorText();
  const remove = useRemove("department");
  const restore = useRestore("department");
  const { create, update, delete: mayDelete } = def.rights;
  const choose = (key: string) => {
    if (key === "add") onAdd();
    else if (key === "edit") onEdit();
    else
      remove.mutate(node.row.id, {
        onSuccess: () => toast(t("admin.deleted", { name: node.name }), { undo: () => restore.mutate(node.row.id) }),
        onError: (error) => toast(explain(error), { tone: "bad" }),
      });
  };
  const items = [
    ...(create ? [{ key: "add", label: t("admin.addBelow"), icon: <PlusOutlined aria-hidden="true" /> }] : []),
    ...(update ? [{ key: "edit", label: t("admin.editDepartment"), icon: <EditOutlined aria-hidden="true" /> }] : []),
    ...(mayDelete && node.children.length === 0
      ? [{ key: "delete", label: t("common.delete"), icon: <DeleteOutlined aria-hidden="true" />, tone: "danger" as const, apart: true }]
      : []),
  ];
  if (items.length === 0) return null;
  const name = asText(node.row["name"]);
  return (
    <Menu items={items} onChoose={choose} label={name} placement="bottomRight">
      <Button type="text" icon={<EllipsisOutlined />} aria-label={t("admin.actionsOf", { name })} />
    </Menu>
  );
}
