import { useText } from "@/i18n/use-text";
import { Tooltip } from "@/ui";

import { DrillLink } from "./drill-link";
import { useExact, useNumber } from "./numbers";
import styles from "./reports.module.css";
import type { ReportTable, TableLine } from "./table-model";

/** A report in rows and columns; every number with records behind it opens them. */
export function MetricTable({ table, name }: { table: ReportTable; name: string }) {
  const { label } = useText();
  return (
    <div className={styles["tableBox"]}>
      <table className={styles["table"]}>
        <caption className="unseen">{name}</caption>
        <thead>
          <tr>
            <th scope="col">{label(table.first)}</th>
            {table.columns.map((column) => (
              <th key={column.key} scope="col" className={styles["right"]}>
                {column.definition ? (
                  <Tooltip title={label(column.definition)}>
                    <button type="button" className={`plain ${styles["explained"]}`}>
                      {label(column.label)}
                    </button>
                  </Tooltip>
                ) : (
                  label(column.label)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((line) => (
            <Line key={line.key} table={table} line={line} />
          ))}
        </tbody>
        {table.total && (
          <tfoot>
            <Line table={table} line={table.total} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Line({ table, line }: { table: ReportTable; line: TableLine }) {
  const { label } = useText();
  const number = useNumber();
  const exact = useExact();
  return (
    <tr className={line.marked ? styles["marked"] : ""}>
      <th scope="row">{label(line.name)}</th>
      {table.columns.map((column) => {
        const cell = line.cells[column.key];
        return (
          <td key={column.key} className={styles["right"]} title={exact(cell?.value, column.unit)}>
            <DrillLink drill={cell?.value ? cell.drill : null}>{number(cell?.value, column.unit)}</DrillLink>
          </td>
        );
      })}
    </tr>
  );
}
