import { getRouteApi } from "@tanstack/react-router";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { NoPermission, useNow } from "@/ui";

import { DepartmentsCard, FateCard } from "./departments-card";
import { Figures } from "./figures";
import { FunnelCard } from "./funnel-card";
import { HandoffsPanel } from "./handoffs-panel";
import { LeaderboardCard } from "./leaderboard-card";
import { periodOf, todayIn } from "./period";
import { PeriodPicker } from "./period-picker";
import styles from "./reports.module.css";

const route = getRouteApi("/w/$ws/reports");

/** Where it flows and where it is stuck; every number opens the records it counted. */
export function ReportsPage() {
  const { may } = useWorkspace();
  return may("dashboard") ? <Reports /> : <NoPermission />;
}

function Reports() {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const search = route.useSearch();
  const today = todayIn(blueprint.time_zone, new Date(useNow()));
  const period = periodOf(search, today);
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <h1>{t("insight.title")}</h1>
        <PeriodPicker period={period} />
      </header>
      <Figures period={period} />
      <div className={styles["cards"]}>
        <FunnelCard period={period} />
        <DepartmentsCard period={period} />
        <LeaderboardCard period={period} />
        <FateCard period={period} />
      </div>
      <HandoffsPanel />
    </div>
  );
}
