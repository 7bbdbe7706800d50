import { useState } from "react";

import { useWorkspace, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Checkbox, ObjectIcon, RightOutlined, usePhone, WarningOutlined } from "@/ui";

import { rightsOn, setFlag, setScopes, warningsOf } from "./draft";
import { FieldExceptions } from "./field-exceptions";
import styles from "./roles.module.css";
import { ScopePicker } from "./scope-picker";
import { FLAGS, SCOPED, type Role } from "./types";

type Props = { role: Role; locked: boolean; onChange: (role: Role) => void };

/** Objects down, actions across; on the phone one card for each object. */
export function Matrix({ role, locked, onChange }: Props) {
  const { t, label } = useText();
  const { blueprint } = useWorkspace();
  const phone = usePhone();
  const objects = Object.values(blueprint.objects);
  const shared = { role, locked, onChange };
  return (
    <section aria-labelledby="matrix">
      <h3 id="matrix">{t("admin.matrix")}</h3>
      <p className="quiet">{t("admin.matrixText")}</p>
      {phone ? (
        <div className={styles["objectCards"]}>
          {objects.map((def) => (
            <ObjectCard key={def.key} def={def} {...shared} />
          ))}
        </div>
      ) : (
        <div className={styles["tableBox"]}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">{t("admin.object")}</th>
                {SCOPED.map((action) => (
                  <th key={action} scope="col">
                    {t(`admin.action.${action}`)}
                  </th>
                ))}
                {FLAGS.map((flag) => (
                  <th key={flag} scope="col" className={styles["flag"]}>
                    {t(`admin.action.${flag}`)}
                  </th>
                ))}
                <th scope="col">{t("admin.fields")}</th>
              </tr>
            </thead>
            <tbody>
              {objects.map((def) => (
                <tr key={def.key}>
                  <th scope="row">
                    <ObjectIcon name={def.icon} /> {label(def.label)}
                    <Warnings def={def} {...shared} />
                  </th>
                  {SCOPED.map((action) => (
                    <td key={action}>
                      <ScopePicker
                        object={def.key}
                        value={rightsOn(role, def.key)[action]}
                        locked={locked}
                        label={`${label(def.label)} ${t(`admin.action.${action}`)}`}
                        onChange={(scopes) => onChange(setScopes(role, def.key, action, scopes))}
                      />
                    </td>
                  ))}
                  {FLAGS.map((flag) => (
                    <td key={flag} className={styles["flag"]}>
                      <Checkbox
                        checked={rightsOn(role, def.key)[flag]}
                        disabled={locked}
                        aria-label={`${label(def.label)} ${t(`admin.action.${flag}`)}`}
                        onChange={(event) => onChange(setFlag(role, def.key, flag, event.target.checked))}
                      />
                    </td>
                  ))}
                  <td>
                    <FieldExceptions def={def} {...shared} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type ObjectProps = Props & { def: ObjectDef };

function ObjectCard({ def, role, locked, onChange }: ObjectProps) {
  const { t, label } = useText();
  const [open, setOpen] = useState(false);
  const rights = rightsOn(role, def.key);
  return (
    <div className={styles["objectCard"]}>
      <Button type="text" block className={styles["objectHead"] ?? ""} aria-expanded={open} onClick={() => setOpen(!open)}>
        <ObjectIcon name={def.icon} /> {label(def.label)}
        <RightOutlined className={(open ? styles["turned"] : "") ?? ""} aria-hidden="true" />
      </Button>
      {open && (
        <div className={styles["objectBody"]}>
          <Warnings def={def} role={role} />
          {SCOPED.map((action) => (
            <label key={action}>
              <span>{t(`admin.action.${action}`)}</span>
              <ScopePicker
                object={def.key}
                value={rights[action]}
                locked={locked}
                label={`${label(def.label)} ${t(`admin.action.${action}`)}`}
                onChange={(scopes) => onChange(setScopes(role, def.key, action, scopes))}
              />
            </label>
          ))}
          <span className={styles["flags"]}>
            {FLAGS.map((flag) => (
              <Checkbox
                key={flag}
                checked={rights[flag]}
                disabled={locked}
                onChange={(event) => onChange(setFlag(role, def.key, flag, event.target.checked))}
              >
                {t(`admin.action.${flag}`)}
              </Checkbox>
            ))}
          </span>
          <FieldExceptions def={def} role={role} locked={locked} onChange={onChange} />
        </div>
      )}
    </div>
  );
}

function Warnings({ def, role }: { def: ObjectDef; role: Role }) {
  const { t } = useText();
  const warnings = warningsOf(rightsOn(role, def.key));
  if (warnings.length === 0) return null;
  return (
    <small className={styles["warning"]}>
      <WarningOutlined aria-hidden="true" /> {t("admin.unseen")}
    </small>
  );
}
