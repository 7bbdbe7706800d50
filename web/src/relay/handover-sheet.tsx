import { asText, isProblem, useRecord, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, Input, LineSkeleton, Radio, useErrorText } from "@/ui";

import { useDeliverables, useMoves } from "./api";
import { Deadline } from "./deadline";
import { MissingParts } from "./missing-parts";
import { mayCarryOn } from "./moves";
import { Part } from "./part";
import { Preview } from "./preview";
import { Receiver } from "./receiver";
import styles from "./relay.module.css";
import { Foot, Sheet } from "./sheet";
import { HERE, useHandover, type Handover, type Known } from "./use-handover";

type Props = {
  object: string;
  id: string;
  /** The stage that the receiver carries it into; chosen in the sheet when not given. */
  to?: string | undefined;
  onClose: () => void;
};

/** 交棒: to whom, what goes along, a word, until when, and what the receiver will see. */
export function HandoverSheet({ object, id, to, onClose }: Props) {
  const { t } = useText();
  const { object: find, process } = useWorkspace();
  const record = useRecord(object, id);
  const moves = useMoves(object, id);
  const pieces = useDeliverables(object, id);
  const def = find(object);
  const runs = process(object, asText(record.data?.["process"]) || undefined);
  const failed = [record, moves, pieces].find((one) => one.error && !one.data);
  const known = def && runs && record.data && moves.data && pieces.data;
  return (
    <Sheet title={t("relay.handOver")} lead={asText(record.data?.[def?.title ?? ""])} onClose={onClose}>
      {failed && <ErrorState error={failed.error} />}
      {!known && !failed && <LineSkeleton lines={8} />}
      {def && runs && record.data && moves.data && pieces.data && (
        <Form
          known={{ def, process: runs, row: record.data, moves: moves.data.moves, pieces: pieces.data.items }}
          to={to}
          onClose={onClose}
        />
      )}
    </Sheet>
  );
}

type FormProps = { known: Known; to: string | undefined; onClose: () => void };

function Form({ known, to, onClose }: FormProps) {
  const { t } = useText();
  const form = useHandover(known, to, onClose);
  const open = form.fields.length + form.wanted.length;
  return (
    <>
      <Legs form={form} />
      <Part title={t("relay.toWhom")} problem={form.tried && !form.person ? t("relay.choosePerson") : undefined}>
        <Receiver form={form} row={known.row} />
      </Part>
      {open > 0 && (
        <Part title={t("relay.stillMissing", { count: open })}>
          <MissingParts
            object={known.def.key}
            row={known.row}
            fields={form.fields}
            pieces={form.wanted}
            values={form.values}
            onChange={form.setValues}
            problem={isProblem(form.error) ? form.error : null}
            tried={form.tried}
          />
        </Part>
      )}
      <Part title={t("relay.message")}>
        <Input.TextArea
          value={form.message}
          onChange={(event) => form.setMessage(event.target.value)}
          placeholder={t("relay.messageHint")}
          aria-label={t("relay.message")}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
        />
      </Part>
      <Part title={t("relay.answerBy")}>
        <Deadline value={form.due} onChange={form.setDue} handoff={form.move?.handoff ?? null} />
      </Part>
      {form.error && <Refusal error={form.error} />}
      <Preview known={known} values={form.values} message={form.message} />
      <Foot>
        <Buttons form={form} />
      </Foot>
    </>
  );
}

function Buttons({ form }: { form: Handover }) {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const alone = form.move && mayCarryOn(blueprint.me, form.move);
  return (
    <>
      {alone && (
        <Button onClick={form.carryOn} disabled={form.busy}>
          {t("relay.carryOn")}
        </Button>
      )}
      <Button type="primary" onClick={form.send} loading={form.busy}>
        {form.person ? t("relay.handTo", { who: form.person.title }) : t("relay.handOver")}
      </Button>
    </>
  );
}

/** Where the record goes with it; asked only when there is more than one way. */
function Legs({ form }: { form: Handover }) {
  const { t, label } = useText();
  if (form.legs.length === 0) return null;
  const options = form.legs.map((one) => ({ value: one.to, label: label(one.label) }));
  return (
    <Radio.Group
      className={styles["legs"] ?? ""}
      value={form.leg}
      onChange={(event) => form.setLeg(String(event.target.value))}
      options={[...options, { value: HERE, label: t("relay.sameStage") }]}
      aria-label={t("relay.whichLeg")}
    />
  );
}

function Refusal({ error }: { error: Error }) {
  const explain = useErrorText();
  return (
    <p className={styles["problem"]} role="alert">
      {explain(error)}
    </p>
  );
}
