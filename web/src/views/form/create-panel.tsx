import { useRef, useState, type KeyboardEvent } from "react";

import { asText, isProblem, useCreate, useObject, type Creation, type ObjectDef, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { Button, NoPermission, SidePanel, toast, useErrorText } from "@/ui";

import { bare, filled, useDraft } from "./draft";
import { Duplicates } from "./duplicates";
import { FormSections } from "./form-sections";
import { useLiveCheck } from "./use-live-check";
import styles from "./form.module.css";

type Props = { object: string; preset: Values };

export function CreatePanel({ object, preset }: Props) {
  const { t } = useText();
  const { closeCreate } = usePanels();
  const def = useObject(object);
  if (def?.rights.create) return <CreateForm def={def} preset={preset} />;
  return (
    <SidePanel label={t("common.create")} onClose={closeCreate}>
      <NoPermission />
    </SidePanel>
  );
}

const WIDTH = 640;

/** A new record, drawn from the object's form; duplicates are told of while typing. */
function CreateForm({ def, preset }: { def: ObjectDef; preset: Values }) {
  const { t, label } = useText();
  const { closeCreate, openRecord } = usePanels();
  const draft = useDraft(def, preset);
  const box = useRef<HTMLDivElement>(null);
  const [round, setRound] = useState(0);
  const check = useLiveCheck(def, draft.values);
  const create = useCreate(def.key);
  const explain = useErrorText();
  const refusedAsDuplicate = isProblem(create.error, "duplicate") ? create.error.matches : null;
  const duplicates = refusedAsDuplicate ?? check.duplicates;
  const name = t("record.form.create", { object: label(def.label) });

  const problemAt = (key: string): string | undefined => {
    const refused = draft.refused.find((problem) => bare(problem.path) === key);
    if (refused) return refused.text;
    return draft.touched.has(key) ? check.problems.find((problem) => bare(problem.path) === key)?.text : undefined;
  };
  const submit = (next: boolean, how: Creation["duplicates"] = "reject") => {
    create.mutate(
      { values: filled(draft.values), duplicates: how ?? "reject" },
      {
        onSuccess: (row) => {
          toast(t("record.form.created", { name: asText(row[def.title]) }), { tone: "good" });
          if (!next) return openRecord(def.key, row.id);
          draft.reset(preset);
          return setRound((now) => now + 1);
        },
        onError: (error) => {
          if (!isProblem(error) || error.problems.length === 0) {
            if (!isProblem(error, "duplicate")) toast(explain(error), { tone: "bad" });
            return;
          }
          draft.refuse(error.problems);
          if (!isProblem(error, "duplicate")) toast(t("record.form.fix"), { tone: "bad" });
          window.setTimeout(() => showFirstProblem(box.current));
        },
      },
    );
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(false);
  };
  return (
    <SidePanel
      label={name}
      title={name}
      onClose={closeCreate}
      width={WIDTH}
      footer={
        <>
          <Button onClick={() => submit(true)} disabled={create.isPending}>
            {t("record.form.submitAndNext")}
          </Button>
          <Button type="primary" onClick={() => submit(false)} loading={create.isPending}>
            {t("record.form.submit")}
          </Button>
        </>
      }
    >
      <div ref={box} className={styles["form"]} onKeyDown={onKey} role="presentation">
        <FormSections key={round} def={def} draft={draft} problemAt={problemAt} />
        <Duplicates
          entered={def.key}
          matches={duplicates}
          refused={refusedAsDuplicate !== null}
          onCreateAnyway={() => submit(false, "create")}
        />
      </div>
    </SidePanel>
  );
}

function showFirstProblem(box: HTMLElement | null): void {
  const row = box?.querySelector("[data-problem]");
  row?.scrollIntoView({ block: "center" });
  row?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
}
