import { useState } from "react";

import { asText, isEmpty, isProblem, useWorkspace, type Problem, type Row, type Values } from "@/api";
import { canEdit, FieldInput, fieldType, targetOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { Button, Checkbox, ErrorState, LineSkeleton, Radio, toast, useErrorText } from "@/ui";

import { useConvert, useProposal } from "./api";
import { Part } from "./part";
import styles from "./relay.module.css";
import { Foot, Sheet } from "./sheet";
import type { Proposal } from "./types";

type Props = { object: string; row: Row; onClose: () => void };

/** A lead becomes a customer, a contact and an opportunity: all proposed, all to be corrected here. */
export function ConvertSheet({ object, row, onClose }: Props) {
  const { t } = useText();
  const { object: find } = useWorkspace();
  const proposal = useProposal(object, row.id);
  return (
    <Sheet title={t("relay.convert")} lead={asText(row[find(object)?.title ?? "name"])} width={WIDTH} onClose={onClose}>
      {proposal.isPending && <LineSkeleton lines={8} />}
      {proposal.error && !proposal.data && <ErrorState error={proposal.error} onRetry={() => void proposal.refetch()} />}
      {proposal.data && <Form object={object} row={row} proposal={proposal.data} onClose={onClose} />}
    </Sheet>
  );
}

const WIDTH = 560;

function Form({ object, row, proposal, onClose }: Props & { proposal: Proposal }) {
  const { t } = useText();
  const { openRecord } = usePanels();
  const explain = useErrorText();
  const convert = useConvert(object, row.id);
  const { match } = proposal.account;
  const [link, setLink] = useState(match?.id ?? "");
  const [account, setAccount] = useState(proposal.account.values);
  const [contact, setContact] = useState<Values | null>(proposal.contact?.values ?? null);
  const [opportunity, setOpportunity] = useState<Values | null>(proposal.opportunity?.values ?? null);
  const problem = isProblem(convert.error) ? convert.error : null;
  const go = () =>
    convert.mutate(
      { account: link || { values: account }, contact: contact && { values: contact }, opportunity: opportunity && { values: opportunity } },
      {
        onSuccess: (made) => {
          toast(t("relay.converted"), { tone: "good" });
          onClose();
          if (made.opportunity) openRecord("opportunity", made.opportunity);
          else if (made.account) openRecord("account", made.account);
        },
      },
    );
  return (
    <>
      <Part title={<ObjectName name="account" />}>
        {match && (
          <Radio.Group
            className={styles["choices"] ?? ""}
            value={link}
            onChange={(event) => setLink(String(event.target.value))}
            options={[
              { value: match.id, label: t("relay.linkAccount", { name: match.title }) },
              { value: "", label: t("relay.newAccount") },
            ]}
            aria-label={t("relay.whichAccount")}
          />
        )}
        {!link && <Draft object="account" values={account} onChange={setAccount} problem={problem} />}
      </Part>
      <Optional object="contact" proposed={proposal.contact?.values} values={contact} onChange={setContact} problem={problem} />
      <Optional object="opportunity" proposed={proposal.opportunity?.values} values={opportunity} onChange={setOpportunity} problem={problem} />
      {convert.error && (
        <p className={styles["problem"]} role="alert">
          {explain(convert.error)}
        </p>
      )}
      <Foot>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={go} loading={convert.isPending}>
          {t("relay.convert")}
        </Button>
      </Foot>
    </>
  );
}

function ObjectName({ name }: { name: string }) {
  const { label } = useText();
  return <>{label(useWorkspace().object(name)?.label)}</>;
}

type OptionalProps = {
  object: string;
  proposed: Values | undefined;
  values: Values | null;
  onChange: (values: Values | null) => void;
  problem: Problem | null;
};

/** A record that may also be left out. */
function Optional({ object, proposed, values, onChange, problem }: OptionalProps) {
  return (
    <Part
      title={
        <Checkbox checked={values !== null} onChange={(event) => onChange(event.target.checked ? (proposed ?? {}) : null)}>
          <ObjectName name={object} />
        </Checkbox>
      }
    >
      {values && <Draft object={object} values={values} onChange={onChange} problem={problem} />}
    </Part>
  );
}

/** What the conversion makes refers to each other by itself. */
const MADE = ["account", "contact", "opportunity", "lead"];

type DraftProps = { object: string; values: Values; onChange: (values: Values) => void; problem: Problem | null };

/** What was taken from the lead, and what the new record cannot be without. */
function Draft({ object, values, onChange, problem }: DraftProps) {
  const { label } = useText();
  const { object: find } = useWorkspace();
  const [shown] = useState(() => Object.keys(values).filter((key) => !isEmpty(values[key])));
  const fields = (find(object)?.fields ?? []).filter(
    (field) => (shown.includes(field.key) || field.required) && canEdit(field) && !MADE.includes(targetOf(field)),
  );
  return (
    <div className={styles["pairs"]}>
      {fields.map((field) => {
        const id = `${object}-${field.key}`;
        const complaint = problem?.at(field.key) ?? problem?.at(`${object}.${field.key}`);
        return (
          <div key={field.key} className={fieldType(field).wide ? `${styles["field"]} ${styles["whole"]}` : styles["field"]}>
            <label htmlFor={id} className={styles["fieldName"]}>
              {label(field.label)}
            </label>
            <FieldInput
              object={object}
              field={field}
              value={values[field.key]}
              onChange={(value) => onChange({ ...values, [field.key]: value })}
              id={id}
              problem={complaint}
              values={values}
            />
            {complaint && (
              <span className={styles["problem"]} role="alert">
                {complaint}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
