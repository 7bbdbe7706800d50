import { useState } from "react";

import { asText, useAggregate, useObject, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, EmptyState, ErrorState, ListSkeleton, NoPermission, PlusOutlined } from "@/ui";

import { EditPanel } from "../edit-panel";
import { SectionHead } from "../section-head";
import { AddDepartment } from "./add-department";
import { DepartmentTree } from "./department-tree";
import { treeOf } from "./tree";
import { useDepartments } from "./use-departments";

type Panel = { kind: "add"; parent: Row | null } | { kind: "edit"; row: Row } | null;

const FIELDS = ["name", "parent", "head", "code", "description"];

/** The departments as a tree, each with its head and its people. */
export function DepartmentsSection() {
  const def = useObject("department");
  return def ? <Departments def={def} /> : <NoPermission />;
}

function Departments({ def }: { def: ObjectDef }) {
  const { t } = useText();
  const [panel, setPanel] = useState<Panel>(null);
  const { rows, error, isPending, refetch } = useDepartments();
  const people = usePeople();
  const close = () => setPanel(null);
  const add = (parent: Row | null) => setPanel({ kind: "add", parent });
  return (
    <>
      <SectionHead
        title={t("admin.section.departments")}
        text={t("admin.sectionText.departments")}
        action={
          def.rights.create && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => add(null)}>
              {t("admin.addDepartment")}
            </Button>
          )
        }
      />
      {isPending ? (
        <ListSkeleton rows={8} columns={3} />
      ) : error && rows.length === 0 ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : rows.length === 0 ? (
        <EmptyState title={t("admin.noDepartments")} text={t("admin.noDepartmentsText")} />
      ) : (
        <DepartmentTree
          def={def}
          tree={treeOf(rows)}
          people={people}
          onAdd={add}
          onEdit={(row) => setPanel({ kind: "edit", row })}
        />
      )}
      {panel?.kind === "add" && <AddDepartment key={panel.parent?.id ?? ""} parent={panel.parent} onClose={close} />}
      {panel?.kind === "edit" && (
        <EditPanel
          key={panel.row.id}
          object="department"
          row={panel.row}
          fields={FIELDS}
          title={t("admin.change", { name: asText(panel.row["name"]) })}
          onClose={close}
        />
      )}
    </>
  );
}

/** How many active people each department has. */
function usePeople(): Map<string, number> {
  const counted = useAggregate("member", {
    where: { field: "status", op: "eq", value: "active" },
    group: ["department"],
    measures: [{ fn: "count" }],
  });
  return new Map(
    (counted.data?.rows ?? []).flatMap(({ group: [department], values: [count] }): [string, number][] => {
      const id = typeof department === "object" && department !== null && !Array.isArray(department) ? department["id"] : department;
      return typeof id === "string" ? [[id, Number(count)]] : [];
    }),
  );
}
