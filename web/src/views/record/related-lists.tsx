import { Link } from "@tanstack/react-router";

import { asText, useRelated, useWorkspace, type RelatedGroup, type Row } from "@/api";
import { FieldPlain } from "@/fields";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { RecordLink } from "@/shell/record-link";
import { Button, ErrorState, LineSkeleton, ObjectIcon, PlusOutlined } from "@/ui";

import styles from "./record.module.css";

const SHOWN = 5;

/** What points to this record, with the way to add one more. */
export function RelatedLists({ object, row }: { object: string; row: Row }) {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const related = useRelated(object, row.id);
  if (related.isPending) return <LineSkeleton />;
  if (related.error) return <ErrorState error={related.error} onRetry={() => void related.refetch()} compact />;
  const shown = related.data.groups.filter((group) => group.count > 0 || blueprint.objects[group.object]?.rights.create);
  if (shown.length === 0) return <p className="quiet">{t("record.noRelated")}</p>;
  return (
    <>
      {shown.map((group) => (
        <Group key={`${group.object}.${group.field}`} group={group} from={object} row={row} />
      ))}
    </>
  );
}

function Group({ group, from, row }: { group: RelatedGroup; from: string; row: Row }) {
  const { t, label } = useText();
  const { ws, object, field } = useWorkspace();
  const { startCreate } = usePanels();
  const def = object(group.object);
  const by = field(group.object, group.field);
  if (!def) return null;
  const title = asText(row[object(from)?.title ?? "name"]);
  const facts = def.card.fields.flatMap((key) => def.fields.find((one) => one.key === key) ?? []).slice(0, 2);
  const add = () => startCreate(def.key, { [group.field]: { id: row.id, title } });
  const several = by && label(by.label) !== label(object(from)?.label);
  return (
    <section className={styles["section"]}>
      <div className={styles["groupHead"]}>
        <h3>
          <ObjectIcon name={def.icon} /> {label(def.plural ?? def.label)}
          {several && <span className="quiet"> · {label(by.label)}</span>} <span className="quiet">{group.count}</span>
        </h3>
        {def.rights.create && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            onClick={add}
            aria-label={t("shell.newOf", { object: label(def.label) })}
            title={t("shell.newOf", { object: label(def.label) })}
          />
        )}
      </div>
      <ul>
        {group.items.slice(0, SHOWN).map((item) => (
          <li key={item.id} className={styles["relatedRow"]}>
            <RecordLink object={def.key} id={item.id} className="cut">
              {asText(item[def.title]) || item.id}
            </RecordLink>
            <span className={styles["facts"]}>
              {facts.map((one) => (
                <FieldPlain key={one.key} object={def.key} field={one} value={item[one.key]} row={item} tight />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {group.count > Math.min(SHOWN, group.items.length) && (
        <Link
          to="/w/$ws/o/$object"
          params={{ ws, object: def.key }}
          search={{ view: "all", where: { field: group.field, op: "eq", value: row.id } }}
        >
          {t("record.seeAll", { count: group.count })}
        </Link>
      )}
    </section>
  );
}
