import { getRouteApi } from "@tanstack/react-router";
import dayjs from "dayjs";

import { PERIODS, type PeriodName } from "@/routes/search";
import { useText } from "@/i18n/use-text";
import { DatePicker, Segmented, Select, usePhone } from "@/ui";

import { periodName } from "./period";
import styles from "./reports.module.css";
import type { Days } from "./types";

const route = getRouteApi("/w/$ws/reports");
const DAY = "YYYY-MM-DD";

/** What the whole page is about; it stands in the address, so a report can be sent as a link. */
export function PeriodPicker({ period }: { period: Days }) {
  const { t } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const phone = usePhone();
  const name = periodName(search);
  const options = PERIODS.map((one) => ({ value: one, label: t(`insight.period.${one}`) }));
  const choose = (next: PeriodName) => {
    const days = next === "custom" ? period : { from: undefined, to: undefined };
    void navigate({ search: (now) => ({ ...now, period: next, ...days }), replace: true });
  };
  return (
    <div className={styles["periods"]} role="group" aria-label={t("insight.periodTitle")}>
      {phone ? (
        <Select<PeriodName> value={name} onChange={choose} options={options} aria-label={t("insight.periodTitle")} />
      ) : (
        <Segmented<PeriodName> value={name} onChange={choose} options={options} />
      )}
      {name === "custom" && (
        <DatePicker.RangePicker
          value={[dayjs(period.from), dayjs(period.to)]}
          allowClear={false}
          onChange={(days) => {
            const [from, to] = days ?? [];
            if (from && to) {
              void navigate({ search: (now) => ({ ...now, from: from.format(DAY), to: to.format(DAY) }), replace: true });
            }
          }}
        />
      )}
    </div>
  );
}
