import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";

import { useText } from "@/i18n/use-text";
import { Avatar, Button, EmptyState, ErrorState, LineSkeleton, Select } from "@/ui";

import { useLeaderboard } from "./api";
import { DrillLink } from "./drill-link";
import { useExact, useNumber } from "./numbers";
import { ReportCard } from "./report-card";
import styles from "./reports.module.css";
import type { ReportTable } from "./table-model";
import type { Days, Leaderboard } from "./types";
import { useSaves } from "./use-saves";
import { asLabel } from "./use-words";

const route = getRouteApi("/w/$ws/reports");
const SHOWN = 10;

/** Who is ahead, by a number that can be chosen. */
export function LeaderboardCard({ period }: { period: Days }) {
  const { t, label } = useText();
  const { metric } = route.useSearch();
  const navigate = route.useNavigate();
  const board = useLeaderboard(period, metric);
  const title = t("insight.leaderboard");
  const table = board.data && boardTable(board.data, asLabel(t("insight.word.member")));
  const saves = useSaves({ name: title, period, table });
  return (
    <ReportCard
      title={title}
      period={period}
      definition={label(board.data?.metric.definition)}
      saves={saves}
      tools={
        board.data && (
          <Select
            size="small"
            value={board.data.metric.key}
            onChange={(next: string) => void navigate({ search: (now) => ({ ...now, metric: next }), replace: true })}
            aria-label={t("insight.metric")}
            popupMatchSelectWidth={false}
            options={board.data.metrics.map((one) => ({ value: one.key, label: label(one.label) }))}
          />
        )
      }
    >
      {board.isPending ? (
        <LineSkeleton lines={8} />
      ) : !board.data ? (
        <ErrorState error={board.error} onRetry={() => void board.refetch()} compact />
      ) : board.data.rows.length === 0 ? (
        <EmptyState title={t("insight.nothing")} text={t("insight.nothingText")} compact />
      ) : (
        <Ranks board={board.data} />
      )}
    </ReportCard>
  );
}

function Ranks({ board }: { board: Leaderboard }) {
  const { t } = useText();
  const number = useNumber();
  const exact = useExact();
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...board.rows.map((row) => Number(row.value)));
  const rows = all ? board.rows : board.rows.slice(0, SHOWN);
  return (
    <>
      <ol className={styles["bars"]}>
        {rows.map((row) => (
          <li key={row.member.id}>
            <span className={styles["rank"]}>
              <small>{row.rank}</small>
              <Avatar name={row.member.title} id={row.member.id} size={22} />
              <span className="cut">{row.member.title}</span>
            </span>
            <span className={styles["track"]}>
              <span className={styles["rankBar"]} style={{ width: `${(Number(row.value) / most) * 100}%` }} />
            </span>
            <DrillLink drill={row.drill}>
              <span title={exact(row.value, board.metric.unit)}>{number(row.value, board.metric.unit)}</span>
            </DrillLink>
          </li>
        ))}
      </ol>
      {!all && board.rows.length > SHOWN && (
        <Button type="text" size="small" onClick={() => setAll(true)}>
          {t("insight.showAll", { n: board.rows.length })}
        </Button>
      )}
    </>
  );
}

function boardTable(board: Leaderboard, first: ReportTable["first"]): ReportTable {
  return {
    first,
    columns: [board.metric],
    rows: board.rows.map((row) => ({
      key: row.member.id,
      name: { zh: row.member.title, en: row.member.title },
      cells: { [board.metric.key]: { value: row.value, drill: row.drill } },
    })),
  };
}
