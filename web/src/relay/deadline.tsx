import dayjs from "dayjs";

import { useText } from "@/i18n/use-text";
import { DatePicker, Segmented } from "@/ui";

import styles from "./relay.module.css";
import type { Move } from "./types";

type Props = { value: string | null; onChange: (due: string | null) => void; handoff: Move["handoff"] | null };

const USUAL_HOURS = 8;
const USUAL = "usual";
const OTHER = "other";

/** Until when an answer is expected: as the process says, which also knows working hours, or a moment of one's own. */
export function Deadline({ value, onChange, handoff }: Props) {
  const { t } = useText();
  const hours = handoff?.due_hours ?? USUAL_HOURS;
  const natural = handoff?.clock === "natural";
  const usual = t(natural ? "relay.withinHours" : "relay.withinWorkingHours", { n: hours });
  return (
    <div className={styles["deadline"]}>
      <Segmented
        value={value === null ? USUAL : OTHER}
        onChange={(next) => onChange(next === USUAL ? null : dayjs().add(1, "day").hour(12).startOf("hour").toISOString())}
        options={[
          { value: USUAL, label: usual },
          { value: OTHER, label: t("relay.otherTime") },
        ]}
      />
      {value !== null && (
        <DatePicker
          showTime={{ format: "HH:mm", minuteStep: 15 }}
          format="YYYY-MM-DD HH:mm"
          value={dayjs(value)}
          onChange={(next: dayjs.Dayjs | null) => onChange(next?.toISOString() ?? null)}
          minDate={dayjs()}
          allowClear={false}
          aria-label={t("relay.answerBy")}
        />
      )}
    </div>
  );
}
