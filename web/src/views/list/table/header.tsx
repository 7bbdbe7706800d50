import { useText } from "@/i18n/use-text";
import { ArrowDownOutlined, ArrowUpOutlined, Check } from "@/ui";

import { nextSort, type Column } from "./columns";
import styles from "./table.module.css";

type Props = {
  columns: Column[];
  sort: string[];
  onSort: (sort: string[]) => void;
  marked: "none" | "some" | "all";
  onMark: (all: boolean) => void;
};

export function Header({ columns, sort, onSort, marked, onMark }: Props) {
  const { t } = useText();
  return (
    <div className={styles["header"]} role="row" aria-rowindex={1}>
      <div className={styles["mark"]} role="columnheader" aria-colindex={1}>
        <Check checked={marked === "all"} some={marked === "some"} onChange={onMark} label={t("list.markAll")} />
      </div>
      {columns.map((column, index) => (
        <HeaderCell key={column.field.key} column={column} index={index} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

type CellProps = { column: Column; index: number } & Pick<Props, "sort" | "onSort">;

function HeaderCell({ column, index, sort, onSort }: CellProps) {
  const { t, label } = useText();
  const { field, align, title } = column;
  const up = sort.includes(field.key);
  const down = sort.includes(`-${field.key}`);
  const name = label(field.label);
  const className = `${styles["head"]} ${title ? styles["sticky"] : ""} ${align === "end" ? styles["end"] : ""}`;
  return (
    <div
      className={className}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={up ? "ascending" : down ? "descending" : "none"}
    >
      {field.sortable === false ? (
        <span className="cut">{name}</span>
      ) : (
        <button
          type="button"
          className={styles["sort"]}
          onClick={(event) => onSort(nextSort(sort, field.key, event.shiftKey))}
          title={t("list.sortBy", { field: name })}
        >
          <span className="cut">{name}</span>
          {up && <ArrowUpOutlined aria-hidden="true" />}
          {down && <ArrowDownOutlined aria-hidden="true" />}
        </button>
      )}
    </div>
  );
}
