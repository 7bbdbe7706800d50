import { useState } from "react";

import { asText, isEmpty, refresh, useCreate, useSave, useWorkspace, type FieldDef, type ObjectDef, type Row, type Values } from "@/api";
import { FieldInput, optionsOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Button, Input, toast, useErrorText } from "@/ui";
import { useQueryClient } from "@tanstack/react-query";

import styles from "./record.module.css";
import { WhenInput } from "./when-input";

type Props = { def: ObjectDef; row: Row; activity: ObjectDef; link: FieldDef };

/** What happened, how, and when to go on; the next date also becomes the record's own. */
export function FollowUpForm({ def, row, activity, link }: Props) {
  const { t, label } = useText();
  const kind = activity.fields.find((field) => field.key === "kind");
  const [content, setContent] = useState("");
  const [how, setHow] = useState<string | null>(() => (kind ? (optionsOf(kind)[0]?.key ?? null) : null));
  const [nextAt, setNextAt] = useState<string | null>(null);
  const [nextAction, setNextAction] = useState("");
  const { send, pending } = useFollowUp(def, row, activity);
  const hasNext = def.fields.some((field) => field.key === "next_at");
  const submit = async () => {
    if (!content.trim()) return;
    const values = {
      [link.key]: { id: row.id, title: asText(row[def.title]) },
      ...sharedReferences(activity, def, row),
      at: new Date().toISOString(),
      kind: how,
      content: content.trim(),
      next_at: nextAt,
      next_content: nextAction.trim() || null,
    };
    if (!(await send(values, nextAt, nextAction.trim()))) return;
    setContent("");
    setNextAt(null);
    setNextAction("");
  };
  return (
    <>
      <Input.TextArea
        value={content}
        onChange={(event) => setContent(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
        }}
        placeholder={t("record.followUpHint")}
        aria-label={t("record.followUp")}
        autoSize={{ minRows: 2, maxRows: 10 }}
      />
      <div className={styles["composerRow"]}>
        {kind && (
          <div className={styles["how"]} title={label(kind.label)}>
            <FieldInput object={activity.key} field={kind} value={how} onChange={(next) => setHow(asText(next) || null)} />
          </div>
        )}
        {hasNext && (
          <>
            <div className={styles["when"]}>
              <WhenInput key={pending ? "sent" : "open"} value={nextAt} onChange={setNextAt} label={t("record.nextAt")} />
            </div>
            <Input
              className={styles["next"] ?? ""}
              value={nextAction}
              onChange={(event) => setNextAction(event.target.value)}
              placeholder={t("record.nextAction")}
              aria-label={t("record.nextAction")}
            />
          </>
        )}
        <Button type="primary" onClick={() => void submit()} loading={pending} disabled={!content.trim()}>
          {t("record.send")}
        </Button>
      </div>
    </>
  );
}

/** A follow-up on an opportunity also belongs to its customer and contact. */
function sharedReferences(activity: ObjectDef, def: ObjectDef, row: Row): Values {
  const shared = activity.fields.filter(
    (field) => !field.system && field.type === "reference" && def.fields.some((own) => own.key === field.key && own.to === field.to),
  );
  return Object.fromEntries(shared.filter((field) => !isEmpty(row[field.key])).map((field) => [field.key, row[field.key]]));
}

function useFollowUp(def: ObjectDef, row: Row, activity: ObjectDef) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const client = useQueryClient();
  const create = useCreate(activity.key);
  const save = useSave(def.key);
  const explain = useErrorText();
  const send = async (values: Values, nextAt: string | null, nextAction: string): Promise<boolean> => {
    try {
      await create.mutateAsync({ values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) });
      const next: Values = { ...(nextAt ? { next_at: nextAt } : {}), ...(nextAction ? { next_action: nextAction } : {}) };
      if (Object.keys(next).length > 0 && row.can?.update) await save.mutateAsync({ id: row.id, values: next });
      refresh(client, ws, def.key, [row.id]);
      toast(t("record.followed"), { tone: "good" });
      return true;
    } catch (error) {
      toast(explain(error instanceof Error ? error : null), { tone: "bad" });
      return false;
    }
  };
  return { send, pending: create.isPending || save.isPending };
}
