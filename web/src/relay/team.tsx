import { useWorkspace, type FieldDef, type ObjectDef, type ProcessDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { FieldLine } from "@/views/record/field-line";
import { useFieldSave } from "@/views/record/use-field-save";

import { Part } from "./part";
import styles from "./relay.module.css";

type Props = { object: string; record: Row; process: ProcessDef };

const FIRST = ["holder", "owner", "backup"];

/** Who carries it, who stands in, who owns it and who else takes part. */
export function Team({ object, record, process }: Props) {
  const { t, label } = useText();
  const { object: find, blueprint } = useWorkspace();
  const def = find(object);
  if (!def) return null;
  const stage = process.stages.find((one) => one.key === record["stage"]);
  const roleName = (key: string | null | undefined) => label(key ? blueprint.roles[key]?.label : undefined);
  const roles = [roleName(stage?.role), stage?.backup ? t("relay.backup", { who: roleName(stage.backup) }) : ""].filter(Boolean);
  return (
    <Part level={2} title={t("relay.team")} tools={roles.length > 0 && <span className="quiet">{roles.join(" · ")}</span>}>
      <People def={def} record={record} />
    </Part>
  );
}

function People({ def, record }: { def: ObjectDef; record: Row }) {
  const { saveField, problems } = useFieldSave(def, record);
  return (
    <dl className={styles["lines"]}>
      {teamFields(def).map((field) => (
        <FieldLine
          key={field.key}
          def={def}
          field={field}
          row={record}
          problem={problems[field.key]}
          onSave={(value) => saveField(field.key, value)}
        />
      ))}
    </dl>
  );
}

function teamFields(def: ObjectDef): FieldDef[] {
  const others = def.fields.filter((field) => field.type === "multi_person" && !field.system).map((field) => field.key);
  return [...FIRST, ...others].flatMap((key) => def.fields.find((field) => field.key === key) ?? []);
}
