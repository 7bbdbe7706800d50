import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";

import { both, useList, useObject, useWorkspace, type Condition, type ObjectDef, type Row, type Titled } from "@/api";
import { Picker } from "@/fields";
import { useText } from "@/i18n/use-text";
import {
  Button,
  EmptyState,
  ErrorState,
  Input,
  ListSkeleton,
  NoPermission,
  PlusOutlined,
  SearchOutlined,
  Select,
  UploadOutlined,
} from "@/ui";

import styles from "../people.module.css";
import { SectionHead } from "../section-head";
import { AddMember } from "./add-member";
import { EditMember } from "./edit-member";
import { MemberTable } from "./member-table";

type Panel = { kind: "add" } | { kind: "edit"; member: Row } | null;

/** Who works here, in which department, with which roles. */
export function MembersSection() {
  const def = useObject("member");
  return def ? <Members def={def} /> : <NoPermission />;
}

function Members({ def }: { def: ObjectDef }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const [asked, setAsked] = useState<Asked>(NOTHING);
  const [panel, setPanel] = useState<Panel>(null);
  const q = useDeferredValue(asked.q.trim());
  const list = useList("member", { where: whereOf(asked), q, sort: ["name"] });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = list.data?.pages[0]?.count?.value;
  const close = () => setPanel(null);
  return (
    <>
      <SectionHead
        title={count === undefined ? t("admin.section.members") : t("admin.membersCount", { n: count.toLocaleString() })}
        text={t("admin.sectionText.members")}
        action={
          <>
            {def.rights.import && (
              <Link to="/w/$ws/import/$object" params={{ ws, object: "member" }}>
                <Button icon={<UploadOutlined />}>{t("admin.importMembers")}</Button>
              </Link>
            )}
            {def.rights.create && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setPanel({ kind: "add" })}>
                {t("admin.addMember")}
              </Button>
            )}
          </>
        }
      />
      <Filters asked={asked} onChange={setAsked} />
      {list.isPending ? (
        <ListSkeleton rows={10} columns={5} />
      ) : list.error && rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={t("admin.noMembers")}
          action={<Button onClick={() => setAsked(NOTHING)}>{t("filters.clear")}</Button>}
        />
      ) : (
        <MemberTable rows={rows} onEdit={(member) => setPanel({ kind: "edit", member })} />
      )}
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("admin.more")}
        </Button>
      )}
      {panel?.kind === "add" && <AddMember onClose={close} />}
      {panel?.kind === "edit" && <EditMember key={panel.member.id} member={panel.member} onClose={close} />}
    </>
  );
}

type Status = "active" | "disabled" | "all";
type Asked = { q: string; department: Titled | null; role: string | null; status: Status };

const NOTHING: Asked = { q: "", department: null, role: null, status: "active" };

function whereOf({ department, role, status }: Asked): Condition {
  return both(
    department ? { field: "department", op: "under", value: department.id } : undefined,
    role ? { field: "roles", op: "has_any", value: [role] } : undefined,
    status === "all" ? undefined : { field: "status", op: "eq", value: status },
  );
}

function Filters({ asked, onChange }: { asked: Asked; onChange: (asked: Asked) => void }) {
  const { t, label } = useText();
  const { blueprint } = useWorkspace();
  return (
    <div className={styles["filters"]} role="search">
      <Input
        value={asked.q}
        onChange={(event) => onChange({ ...asked, q: event.target.value })}
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={t("admin.findMember")}
        aria-label={t("admin.findMember")}
        allowClear
      />
      <Picker
        target="department"
        value={asked.department}
        onChange={(department) => onChange({ ...asked, department })}
        label={t("admin.department")}
      />
      <Select
        value={asked.role}
        onChange={(role: string | null | undefined) => onChange({ ...asked, role: role ?? null })}
        placeholder={t("admin.anyRole")}
        aria-label={t("admin.role")}
        allowClear
        options={Object.entries(blueprint.roles).map(([value, role]) => ({ value, label: label(role.label) }))}
      />
      <Select<Status>
        value={asked.status}
        onChange={(status) => onChange({ ...asked, status })}
        aria-label={t("admin.status")}
        options={(["active", "disabled", "all"] as const).map((value) => ({ value, label: t(`admin.statuses.${value}`) }))}
      />
    </div>
  );
}
