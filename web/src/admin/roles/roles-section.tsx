import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";

import { both, useAggregate, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, ListSkeleton, PlusOutlined, RightOutlined, Tag } from "@/ui";

import { SectionHead } from "../section-head";
import { useRoles } from "./api";
import { AddRole } from "./add-role";
import { RoleEditor } from "./role-editor";
import styles from "./roles.module.css";
import type { Role, Roles } from "./types";

const route = getRouteApi("/w/$ws/settings/{-$section}");

/** What each role may see and do. */
export function RolesSection() {
  const { role } = route.useSearch();
  const roles = useRoles();
  if (roles.isPending) return <ListSkeleton rows={7} columns={3} />;
  if (!roles.data) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />;
  const chosen = role ? roles.data.roles[role] : undefined;
  if (role && chosen) return <RoleEditor key={role} roleKey={role} published={chosen} version={roles.data.version} />;
  return <RoleList roles={roles.data} />;
}

function RoleList({ roles }: { roles: Roles }) {
  const { t } = useText();
  const { may } = useWorkspace();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <SectionHead
        title={t("admin.section.roles")}
        text={t("admin.sectionText.roles")}
        action={
          may("blueprint") && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t("admin.addRole")}
            </Button>
          )
        }
      />
      <ul className={styles["list"]}>
        {Object.entries(roles.roles).map(([key, role]) => (
          <RoleLine key={key} roleKey={key} role={role} />
        ))}
      </ul>
      {adding && <AddRole roles={roles} onClose={() => setAdding(false)} />}
    </>
  );
}

function RoleLine({ roleKey, role }: { roleKey: string; role: Role }) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const count = useHolders(roleKey);
  return (
    <li>
      <Link
        to="/w/$ws/settings/{-$section}"
        params={{ ws, section: "roles" }}
        search={{ role: roleKey }}
        className={styles["role"] ?? ""}
      >
        <span className={styles["roleText"]}>
          <span>
            <strong>{label(role.label)}</strong> {role.everything && <Tag tone="accent">{t("admin.everything")}</Tag>}
          </span>
          <small className="quiet">{label(role.description)}</small>
        </span>
        <span className={styles["roleCount"]}>{count !== undefined && t("admin.people", { count })}</span>
        <RightOutlined aria-hidden="true" />
      </Link>
    </li>
  );
}

/** How many active people have the role. */
function useHolders(role: string): number | undefined {
  const counted = useAggregate("member", {
    where: both({ field: "status", op: "eq", value: "active" }, { field: "roles", op: "has_any", value: [role] }),
    measures: [{ fn: "count" }],
  });
  return counted.data && Number(counted.data.rows[0]?.values[0] ?? 0);
}
