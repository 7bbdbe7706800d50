import { useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Checkbox, Input, Radio, toast, useErrorText } from "@/ui";

import { useAnswer } from "./api";
import { Part } from "./part";
import styles from "./relay.module.css";
import { Foot, Sheet } from "./sheet";
import type { Handoff } from "./types";

type Props = { handoff: Handoff; onClose: () => void; onDone?: (() => void) | undefined };

const OTHER = "";
const LONGEST = 200;

/** 退回: a reason from the list or one's own, what is missing ticked, a word if wanted. */
export function ReturnSheet({ handoff, onClose, onDone }: Props) {
  const { t, label } = useText();
  const explain = useErrorText();
  const { process } = useWorkspace();
  const answer = useAnswer();
  const [chosen, setChosen] = useState<string>();
  const [own, setOwn] = useState("");
  const [missing, setMissing] = useState<string[]>([]);
  const [message, setMessage] = useState("");
  const [tried, setTried] = useState(false);
  const reasons = process(handoff.object)?.return_reasons ?? [];
  const reason = chosen === OTHER ? own.trim() : chosen;
  const give = () => {
    setTried(true);
    if (!reason) return;
    answer.mutate(
      { handoff, answer: { kind: "return", reason, missing, message: message.trim() } },
      {
        onSuccess: () => {
          toast(t("relay.returnedTo", { who: handoff.from.title }));
          onDone?.();
          onClose();
        },
      },
    );
  };
  const options = useLackable(handoff);
  return (
    <Sheet
      title={t("relay.giveBack")}
      lead={t("relay.giveBackLead", { who: handoff.from.title, name: handoff.record.title ?? "" })}
      onClose={onClose}
    >
      <Part title={t("relay.why")} problem={tried && !reason ? t("relay.chooseReason") : undefined}>
        <Radio.Group
          className={styles["choices"] ?? ""}
          value={chosen}
          onChange={(event) => setChosen(String(event.target.value))}
          options={[
            ...reasons.map((one) => ({ value: one.key, label: label(one.label) })),
            { value: OTHER, label: t("relay.otherReason") },
          ]}
          aria-label={t("relay.why")}
        />
        {chosen === OTHER && (
          <Input
            autoFocus
            value={own}
            onChange={(event) => setOwn(event.target.value)}
            placeholder={t("relay.ownReason")}
            aria-label={t("relay.ownReason")}
            maxLength={LONGEST}
          />
        )}
      </Part>
      {options.length > 0 && (
        <Part title={t("relay.whatIsMissing")}>
          <Checkbox.Group
            className={styles["choices"] ?? ""}
            value={missing}
            onChange={(keys) => setMissing(keys.map(String))}
            options={options}
          />
        </Part>
      )}
      <Part title={t("relay.message")}>
        <Input.TextArea
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          placeholder={t("relay.returnHint")}
          aria-label={t("relay.message")}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
        />
      </Part>
      {answer.error && (
        <p className={styles["problem"]} role="alert">
          {explain(answer.error)}
        </p>
      )}
      <Foot>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger onClick={give} loading={answer.isPending}>
          {t("relay.giveBack")}
        </Button>
      </Foot>
    </Sheet>
  );
}

/** What may be ticked as missing: deliverables, and the fields of the stage that the package has no value for. */
function useLackable({ object, stage, package: content }: Handoff) {
  const { label } = useText();
  const { process, field } = useWorkspace();
  const required = process(object)?.stages.find((one) => one.key === stage)?.gate?.required ?? [];
  const known = new Set(content.deliverables.map((one) => one.key));
  const deliverables = content.deliverables.map((one) => ({ value: one.key, label: label(one.label) }));
  const fields = [...new Set([...required, ...content.fields.map((one) => one.key)])]
    .filter((key) => !known.has(key))
    .flatMap((key) => {
      const def = field(object, key);
      return def ? [{ value: key, label: label(def.label) }] : [];
    });
  return [...deliverables, ...fields];
}
