import { asText, isEmpty, useScore, type FieldDef, type ObjectDef, type Row } from "@/api";
import { FieldDisplay, fieldType, titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";
import { RelayActions } from "@/relay/actions";
import { Avatar, Countdown, LineSkeleton, ObjectIcon, Pop, Tag } from "@/ui";

import { MoreMenu } from "./more-menu";
import styles from "./record.module.css";
import { TitleLine } from "./title-line";

type Props = { def: ObjectDef; row: Row; page: boolean; onGone: () => void };

/** What it is, what it is worth, who has it until when, and what can be done now. */
export function RecordHeader({ def, row, page, onGone }: Props) {
  const { t, label } = useText();
  const find = (key: string | null | undefined) => def.fields.find((field) => field.key === key);
  const subtitle = find(def.card.subtitle);
  const amount = def.card.fields.flatMap((key) => find(key) ?? []).find((field) => fieldType(field).headline);
  const owner = titledOf(row["owner"]);
  const holder = titledOf(row["holder"]);
  return (
    <header className={styles["header"]}>
      <span className={styles["icon"]}>
        <ObjectIcon name={def.icon} />
      </span>
      <div className={styles["names"]}>
        <TitleLine def={def} row={row} page={page} />
        <div className={styles["under"]}>
          {subtitle && !isEmpty(row[subtitle.key]) && row[subtitle.key] !== row[def.title] && (
            <FieldDisplay object={def.key} field={subtitle} value={row[subtitle.key]} row={row} tight />
          )}
          {amount && !isEmpty(row[amount.key]) && <Headline def={def} field={amount} row={row} />}
          {typeof row["score"] === "number" && <Score object={def.key} row={row} />}
          {asText(row["blocked"]) && (
            <Tag tone="red" title={asText(row["blocked"])}>
              {t("relay.blocked")}: {asText(row["blocked"])}
            </Tag>
          )}
        </div>
      </div>
      <div className={styles["who"]}>
        {holder ? (
          <span className={styles["holder"]} title={label(find("holder")?.label)}>
            <Avatar name={holder.title} id={holder.id} size={28} />
            <span className={styles["holderText"]}>
              <strong>{holder.title}</strong>
              <Countdown due={asText(row["stage_due"])} since={asText(row["stage_since"])} bare />
            </span>
          </span>
        ) : (
          owner && (
            <span className={styles["holder"]} title={label(find("owner")?.label)}>
              <Avatar name={owner.title} id={owner.id} size={28} />
              <strong>{owner.title}</strong>
            </span>
          )
        )}
      </div>
      <div className={styles["actions"]}>
        <RelayActions object={def.key} record={row} />
        <MoreMenu def={def} row={row} onGone={onGone} />
      </div>
    </header>
  );
}

function Headline({ def, field, row }: { def: ObjectDef; field: FieldDef; row: Row }) {
  const { label } = useText();
  return (
    <strong className={styles["amount"]} title={label(field.label)}>
      <FieldDisplay object={def.key} field={field} value={row[field.key]} row={row} tight />
    </strong>
  );
}

const TOP = 3;

function Score({ object, row }: { object: string; row: Row }) {
  const { t } = useText();
  return (
    <Pop hover content={<ScoreReasons object={object} id={row.id} />} title={t("record.score")}>
      <button type="button" className={styles["score"]} aria-label={`${t("record.score")} ${asText(row["score"])}`}>
        {asText(row["score"])}
      </button>
    </Pop>
  );
}

function ScoreReasons({ object, id }: { object: string; id: string }) {
  const { t } = useText();
  const score = useScore(object, id, true);
  const parts = [...(score.data?.parts ?? [])].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  if (score.isPending) return <LineSkeleton />;
  if (parts.length === 0) return <p className="quiet">{t("record.noScoreParts")}</p>;
  return (
    <ul className={styles["reasons"]}>
      {parts.map((part, index) => (
        <li key={part.key} className={index < TOP ? undefined : "quiet"}>
          <span>{part.label}</span>
          <strong>{part.points > 0 ? `+${part.points}` : part.points}</strong>
        </li>
      ))}
    </ul>
  );
}
