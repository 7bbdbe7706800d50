import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ArrowLeftOutlined, Button, Checkbox, Input } from "@/ui";

import { isChanged, setRight } from "./draft";
import { Matrix } from "./matrix";
import { PublishBar } from "./publish-bar";
import styles from "./roles.module.css";
import { RIGHTS, type Role } from "./types";

type Props = { roleKey: string; published: Role; version: number };

/** One role: its name, its rights beyond records, and for every object what it may do with which records. */
export function RoleEditor({ roleKey, published, version }: Props) {
  const { t, label } = useText();
  const { ws, may } = useWorkspace();
  const [role, setRole] = useState(published);
  const locked = !may("blueprint");
  const changed = isChanged(role, published);
  return (
    <div className={styles["editor"]}>
      <Link to="/w/$ws/settings/{-$section}" params={{ ws, section: "roles" }} search={{}} className={styles["back"] ?? ""}>
        <ArrowLeftOutlined aria-hidden="true" /> {t("admin.allRoles")}
      </Link>
      <h2>{label(role.label)}</h2>
      <Names role={role} locked={locked} onChange={setRole} />
      {role.everything ? (
        <p className={styles["everything"]}>{t("admin.everythingText")}</p>
      ) : (
        <>
          <section aria-labelledby="rights" className={styles["rights"]}>
            <h3 id="rights">{t("admin.rights")}</h3>
            {RIGHTS.map((right) => (
              <Checkbox
                key={right}
                checked={role.rights.includes(right)}
                disabled={locked}
                onChange={(event) => setRole(setRight(role, right, event.target.checked))}
              >
                {t(`admin.right.${right}`)}
              </Checkbox>
            ))}
          </section>
          <Matrix role={role} locked={locked} onChange={setRole} />
        </>
      )}
      {changed && !locked && (
        <PublishBar roleKey={roleKey} role={role} published={published} version={version} onReset={() => setRole(published)} />
      )}
      {locked && <Button disabled>{t("admin.readOnly")}</Button>}
    </div>
  );
}

type NamesProps = { role: Role; locked: boolean; onChange: (role: Role) => void };

function Names({ role, locked, onChange }: NamesProps) {
  const { t } = useText();
  const description = role.description ?? { zh: "", en: "" };
  const describe = (next: { zh: string; en: string }) =>
    // A description is in both languages or in none.
    onChange({ ...role, description: next.zh || next.en ? { zh: next.zh || next.en, en: next.en || next.zh } : null });
  return (
    <div className={styles["names"]}>
      {(["zh", "en"] as const).map((language) => (
        <label key={language}>
          <span>{t(`admin.nameIn.${language}`)}</span>
          <Input
            value={role.label[language]}
            disabled={locked}
            status={role.label[language].trim() ? "" : "error"}
            onChange={(event) => onChange({ ...role, label: { ...role.label, [language]: event.target.value } })}
          />
        </label>
      ))}
      {(["zh", "en"] as const).map((language) => (
        <label key={language}>
          <span>{t(`admin.descriptionIn.${language}`)}</span>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={description[language]}
            disabled={locked}
            onChange={(event) => describe({ ...description, [language]: event.target.value })}
          />
        </label>
      ))}
    </div>
  );
}
