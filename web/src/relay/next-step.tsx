import { asText, useWorkspace, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Tag, useNow } from "@/ui";
import { FieldLine } from "@/views/record/field-line";
import { useFieldSave } from "@/views/record/use-field-save";

import { Part } from "./part";
import styles from "./relay.module.css";

type Props = { object: string; record: Row };

const NEXT = ["next_action", "next_at"];

/** What is done next and when; red when that has passed. */
export function NextStep({ object, record }: Props) {
  const def = useWorkspace().object(object);
  const fields = def?.fields.filter((field) => NEXT.includes(field.key)) ?? [];
  return def && fields.length > 0 ? <Lines def={def} record={record} /> : null;
}

function Lines({ def, record }: { def: ObjectDef; record: Row }) {
  const { t } = useText();
  const now = useNow();
  const { saveField, problems } = useFieldSave(def, record);
  const at = asText(record["next_at"]);
  const open = asText(record["outcome"]) === "open";
  const late = open && at !== "" && Date.parse(at) < now;
  const none = open && at === "";
  return (
    <Part level={2}
      title={t("relay.nextStep")}
      tools={(late || none) && <Tag tone={late ? "red" : "amber"}>{t(late ? "relay.nextPassed" : "relay.nextMissing")}</Tag>}
    >
      <dl className={styles["lines"]}>
        {NEXT.flatMap((key) => def.fields.find((field) => field.key === key) ?? []).map((field) => (
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
    </Part>
  );
}
