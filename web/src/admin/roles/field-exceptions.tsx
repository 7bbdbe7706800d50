import { useWorkspace, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Pop, Segmented, Select } from "@/ui";

import { rightsOn, setField } from "./draft";
import styles from "./roles.module.css";
import { FIELD_ACCESS, type FieldAccess, type Role } from "./types";

type Props = { def: ObjectDef; role: Role; locked: boolean; onChange: (role: Role) => void };

/** Fields that the role may not write, or not even see. */
export function FieldExceptions({ def, role, locked, onChange }: Props) {
  const { t, label } = useText();
  const { field } = useWorkspace();
  const exceptions = Object.entries(rightsOn(role, def.key).fields);
  const names = exceptions.map(([key]) => label(field(def.key, key)?.label) || key);
  const free = def.fields.filter((one) => !exceptions.some(([key]) => key === one.key));
  return (
    <Pop
      placement="bottomRight"
      title={t("admin.fieldsOf", { object: label(def.label) })}
      content={
        <div className={styles["exceptions"]}>
          <p className="quiet">{t("admin.fieldsText")}</p>
          {exceptions.map(([key, access]) => (
            <div key={key} className={styles["exception"]}>
              <span className="cut">{label(field(def.key, key)?.label) || key}</span>
              <Segmented<FieldAccess>
                size="small"
                value={access}
                disabled={locked}
                onChange={(next) => onChange(setField(role, def.key, key, next))}
                options={FIELD_ACCESS.map((value) => ({ value, label: t(`admin.access.${value}`) }))}
              />
            </div>
          ))}
          {!locked && (
            <Select
              value={null}
              placeholder={t("admin.addException")}
              aria-label={t("admin.addException")}
              showSearch={{ optionFilterProp: "label" }}
              onChange={(key: string | null) => key && onChange(setField(role, def.key, key, "read"))}
              options={free.map((one) => ({ value: one.key, label: label(one.label) }))}
            />
          )}
        </div>
      }
    >
      <Button size="small" type="text" title={names.join(", ")}>
        {exceptions.length > 0 ? t("admin.exceptions", { count: exceptions.length }) : t("admin.noExceptions")}
      </Button>
    </Pop>
  );
}
