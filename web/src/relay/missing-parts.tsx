import { isEmpty, useWorkspace, type Json, type Problem, type Row, type Values } from "@/api";
import { FieldInput } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Check, toast, useErrorText } from "@/ui";

import { useTick } from "./api";
import { FileDrop } from "./file-drop";
import { PieceName } from "./piece-name";
import styles from "./relay.module.css";
import type { Deliverable } from "./types";

type Props = {
  object: string;
  row: Row;
  /** Keys of fields to fill in. */
  fields: string[];
  pieces: Deliverable[];
  values: Values;
  onChange: (values: Values) => void;
  /** What the server said about the values, or that they are still empty. */
  problem?: Problem | null;
  tried?: boolean;
};

/** Exactly what is still missing, each to be filled in, ticked or attached where it stands. */
export function MissingParts({ object, row, fields, pieces, values, onChange, problem, tried = false }: Props) {
  const { t } = useText();
  const set = (key: string, value: Json) => onChange({ ...values, [key]: value });
  const complaint = (key: string) => problem?.at(key) ?? (tried && isEmpty(values[key]) ? t("common.required") : undefined);
  return (
    <div className={styles["missing"]}>
      {fields.map((key, index) => (
        <MissingField
          key={key}
          object={object}
          name={key}
          row={row}
          values={values}
          onChange={(value) => set(key, value)}
          problem={complaint(key)}
          first={index === 0}
        />
      ))}
      {pieces.map((piece) =>
        piece.kind === "file" ? (
          <Drop key={piece.key} object={object} id={row.id} piece={piece} tried={tried} />
        ) : (
          <Tick key={piece.key} object={object} id={row.id} piece={piece} tried={tried} />
        ),
      )}
    </div>
  );
}

type FieldProps = {
  object: string;
  name: string;
  row: Row;
  values: Values;
  onChange: (value: Json) => void;
  problem: string | undefined;
  first: boolean;
};

function MissingField({ object, name, row, values, onChange, problem, first }: FieldProps) {
  const { label } = useText();
  const { field } = useWorkspace();
  const def = field(object, name);
  if (!def) return null;
  const id = `missing-${name}`;
  const value = name in values ? values[name] : row[name];
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={styles["fieldName"]}>
        {label(def.label)}
      </label>
      <FieldInput
        object={object}
        field={def}
        value={value}
        onChange={onChange}
        id={id}
        autoFocus={first}
        problem={problem}
        values={{ ...row, ...values }}
      />
      {problem ? (
        <span className={styles["problem"]} role="alert">
          {problem}
        </span>
      ) : (
        def.help && <span className={styles["help"]}>{label(def.help)}</span>
      )}
    </div>
  );
}

type PieceProps = { object: string; id: string; piece: Deliverable; tried: boolean };

function Drop({ object, id, piece, tried }: PieceProps) {
  const { t } = useText();
  const empty = tried && (piece.files ?? []).length === 0;
  return (
    <div className={styles["field"]}>
      <FileDrop object={object} id={id} piece={piece} />
      {empty && (
        <span className={styles["problem"]} role="alert">
          {t("common.required")}
        </span>
      )}
    </div>
  );
}

type TickProps = { object: string; id: string; piece: Deliverable; tried?: boolean; disabled?: boolean };

export function Tick({ object, id, piece, tried = false, disabled = false }: TickProps) {
  const explain = useErrorText();
  const tick = useTick(object, id);
  const set = (done: boolean) =>
    tick.mutate({ name: piece.key, done }, { onError: (error) => toast(explain(error), { tone: "bad" }) });
  return (
    <Check
      className={`${styles["tick"] ?? ""} ${tried && !piece.done ? (styles["untouched"] ?? "") : ""}`}
      checked={piece.done}
      disabled={disabled}
      onChange={set}
    >
      <PieceName piece={piece} />
    </Check>
  );
}
