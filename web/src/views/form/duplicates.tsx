import { useWorkspace, type DuplicateMatch } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { Button, WarningOutlined } from "@/ui";

import styles from "./form.module.css";

type Props = {
  /** The object of the record that is entered; the fields of matches are its own. */
  entered: string;
  matches: DuplicateMatch[];
  /** The server refused to save because of them. */
  refused: boolean;
  onCreateAnyway: () => void;
};

/** Records that may be the same; one may look before deciding. */
export function Duplicates({ entered, matches, refused, onCreateAnyway }: Props) {
  const { t } = useText();
  if (matches.length === 0) return null;
  const strict = matches.some((match) => match.strict);
  return (
    <aside className={styles["duplicates"]} role={refused ? "alert" : "status"}>
      <h3>
        <WarningOutlined aria-hidden="true" /> {t("record.form.duplicates")}
      </h3>
      <ul>
        {matches.map((match, index) => (
          <li key={match.id ?? index}>
            <Match entered={entered} match={match} />
          </li>
        ))}
      </ul>
      {refused && strict && <p>{t("record.form.strict")}</p>}
      {refused && !strict && (
        <Button size="small" onClick={onCreateAnyway}>
          {t("record.form.createAnyway")}
        </Button>
      )}
    </aside>
  );
}

function Match({ entered, match }: { entered: string; match: DuplicateMatch }) {
  const { t, label } = useText();
  const { object, field } = useWorkspace();
  const name = label(object(match.object)?.label) || match.object;
  const at = match.field ? label(field(entered, match.field)?.label) : "";
  if (!match.visible || !match.id) return <>{t("record.form.duplicateHidden", { object: name })}</>;
  return (
    <>
      {name} ·{" "}
      <RecordLink object={match.object} id={match.id}>
        {match.title ?? match.id}
      </RecordLink>{" "}
      <span className="quiet">
        {[at && t(match.alike ? "record.form.alike" : "record.form.same", { field: at }), match.owner && t("record.form.ownedBy", { who: match.owner.title })]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </>
  );
}
