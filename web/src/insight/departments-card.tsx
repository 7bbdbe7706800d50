import type { UseQueryResult } from "@tanstack/react-query";

import { useText } from "@/i18n/use-text";
import { EmptyState, ErrorState, LineSkeleton } from "@/ui";

import { useDepartments, useFate } from "./api";
import { DrillLink } from "./drill-link";
import { MetricTable } from "./metric-table";
import { ReportCard } from "./report-card";
import styles from "./reports.module.css";
import { groupedTable, type ReportTable } from "./table-model";
import type { Days, Departments, LossReason } from "./types";
import { useSaves } from "./use-saves";
import { asLabel } from "./use-words";

/** What each department collected, converted and lost, and why it was lost. */
export function DepartmentsCard({ period }: { period: Days }) {
  const { t } = useText();
  const found = useDepartments(period);
  const title = t("insight.departments");
  const table =
    found.data &&
    groupedTable(
      found.data.columns,
      found.data.rows.map((row) => ({ row, group: row.department })),
      found.data.total,
      { first: asLabel(t("insight.word.department")), none: asLabel(t("insight.word.noDepartment")), total: asLabel(t("insight.word.total")) },
    );
  const saves = useSaves({ name: title, period, table });
  return (
    <ReportCard wide title={title} period={period} definition={t("insight.departmentsText")} saves={saves}>
      <TableBody query={found} table={table} name={title} />
      {found.data && <Reasons reasons={found.data.reasons} />}
    </ReportCard>
  );
}

/** What became of the leads of each source. */
export function FateCard({ period }: { period: Days }) {
  const { t } = useText();
  const found = useFate(period, "source");
  const title = t("insight.fate");
  const table =
    found.data &&
    groupedTable(
      found.data.columns,
      found.data.rows.map((row) => ({ row, group: row.group })),
      found.data.total,
      { first: asLabel(t("insight.word.source")), none: asLabel(t("insight.word.noSource")), total: asLabel(t("insight.word.total")) },
    );
  const saves = useSaves({ name: title, period, table });
  return (
    <ReportCard title={title} period={period} definition={t("insight.fateText")} saves={saves}>
      <TableBody query={found} table={table} name={title} />
    </ReportCard>
  );
}

type BodyProps = { query: UseQueryResult; table: ReportTable | undefined; name: string };

function TableBody({ query, table, name }: BodyProps) {
  const { t } = useText();
  if (query.isPending) return <LineSkeleton lines={6} />;
  if (!table) return <ErrorState error={query.error} onRetry={() => void query.refetch()} compact />;
  if (table.rows.length === 0) return <EmptyState title={t("insight.nothing")} text={t("insight.nothingText")} compact />;
  return <MetricTable table={table} name={name} />;
}

const SHOWN = 6;

function Reasons({ reasons }: { reasons: Departments["reasons"] }) {
  const { t } = useText();
  return (
    <div className={styles["reasons"]}>
      {reasons.lead && reasons.lead.length > 0 && <ReasonList title={t("insight.whyLead")} reasons={reasons.lead} />}
      {reasons.deal && reasons.deal.length > 0 && <ReasonList title={t("insight.whyDeal")} reasons={reasons.deal} />}
    </div>
  );
}

/** The most frequent reasons as bars. */
function ReasonList({ title, reasons }: { title: string; reasons: LossReason[] }) {
  const { t, label } = useText();
  const most = Math.max(1, ...reasons.map((reason) => reason.count));
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles["bars"]}>
        {reasons.slice(0, SHOWN).map((reason) => (
          <li key={reason.reason?.id ?? ""}>
            <span className="cut">{reason.reason ? label(reason.reason.title) : t("insight.noReason")}</span>
            <span className={styles["track"]}>
              <span className={styles["lossBar"]} style={{ width: `${(reason.count / most) * 100}%` }} />
            </span>
            <DrillLink drill={reason.drill}>{reason.count.toLocaleString()}</DrillLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
