import { asList, asText, useWorkspace, type Row } from "@/api";
import { FieldDisplay, titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Avatar, Tag, usePhone } from "@/ui";

import styles from "../people.module.css";
import { isDisabled } from "./disabled";
import { MemberActions } from "./member-actions";

type Props = { rows: Row[]; onEdit: (member: Row) => void };

const COLUMNS = ["department", "title", "phone", "email"];

/** The people as a table; on the phone as cards. */
export function MemberTable({ rows, onEdit }: Props) {
  const { t, label } = useText();
  const { field } = useWorkspace();
  const phone = usePhone();
  if (phone) return <MemberCards rows={rows} onEdit={onEdit} />;
  const fields = COLUMNS.flatMap((key) => field("member", key) ?? []);
  return (
    <div className={styles["tableBox"]}>
      <table className={styles["table"]}>
        <caption className="unseen">{t("admin.section.members")}</caption>
        <thead>
          <tr>
            <th scope="col">{label(field("member", "name")?.label)}</th>
            <th scope="col">{t("admin.roles")}</th>
            {fields.map((one) => (
              <th key={one.key} scope="col">
                {label(one.label)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t("common.more")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={isDisabled(row) ? styles["disabled"] : ""}>
              <th scope="row">
                <Name row={row} />
              </th>
              <td>
                <RoleTags row={row} />
              </td>
              {fields.map((one) => (
                <td key={one.key}>
                  <FieldDisplay object="member" field={one} value={row[one.key]} row={row} tight />
                </td>
              ))}
              <td className={styles["actions"]}>
                <MemberActions row={row} onEdit={() => onEdit(row)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ row }: { row: Row }) {
  const { t } = useText();
  const name = asText(row["name"]);
  return (
    <span className={styles["name"]}>
      <Avatar name={name} id={row.id} size={26} />
      <RecordLink object="member" id={row.id} className={styles["nameLink"]}>
        {name}
      </RecordLink>
      {isDisabled(row) && <Tag tone="grey">{t("admin.statuses.disabled")}</Tag>}
    </span>
  );
}

function RoleTags({ row }: { row: Row }) {
  const { t, label } = useText();
  const { blueprint } = useWorkspace();
  const roles = asList(row["roles"]).map(asText);
  if (roles.length === 0) return <span className="quiet">{t("admin.noRole")}</span>;
  return (
    <span className={styles["tags"]}>
      {roles.map((role) => (
        <Tag key={role}>{label(blueprint.roles[role]?.label) || role}</Tag>
      ))}
    </span>
  );
}

function MemberCards({ rows, onEdit }: Props) {
  return (
    <ul className={styles["cards"]}>
      {rows.map((row) => (
        <li key={row.id} className={isDisabled(row) ? styles["disabled"] : ""}>
          <div>
            <Name row={row} />
            <small className="quiet">
              {[titledOf(row["department"])?.title, asText(row["title"])].filter(Boolean).join(" · ")}
            </small>
            <RoleTags row={row} />
          </div>
          <MemberActions row={row} onEdit={() => onEdit(row)} />
        </li>
      ))}
    </ul>
  );
}
