import { lazy, Suspense, type ReactNode } from "react";

import { ALWAYS, chips, type Condition } from "@/api";
import { useText } from "@/i18n/use-text";
import { Bone, Button, CloseOutlined, FilterOutlined, Pop } from "@/ui";

import { ConditionText } from "./condition-text";
import styles from "./conditions.module.css";
import { withChip } from "./tree";

const ChipEditor = lazy(() => import("./filter-editors").then((module) => ({ default: module.ChipEditor })));
const NewFilter = lazy(() => import("./filter-editors").then((module) => ({ default: module.NewFilter })));

type Props = { object: string; where: Condition | undefined; onChange: (where: Condition) => void };

/** The filter as readable chips, each edited where it stands; and/or groups are one click deeper. */
export function FilterBar({ object, where, onChange }: Props) {
  const { t } = useText();
  const parts = chips(where);
  return (
    <div className={styles["bar"]} role="group" aria-label={t("filters.add")}>
      {parts.map((part, index) => (
        <Chip key={index} object={object} condition={part} onChange={(next) => onChange(withChip(where, index, next))} />
      ))}
      <AddFilter object={object} where={where} onChange={onChange} />
      {parts.length > 0 && (
        <Button type="text" size="small" onClick={() => onChange(ALWAYS)}>
          {t("filters.clear")}
        </Button>
      )}
    </div>
  );
}

type ChipProps = { object: string; condition: Condition; onChange: (next: Condition | null) => void };

function Chip({ object, condition, onChange }: ChipProps) {
  const { t } = useText();
  return (
    <span className={styles["chip"]}>
      <Pop
        title={t("filters.edit")}
        content={(close) => (
          <Waiting>
          <ChipEditor
            object={object}
            condition={condition}
            onChange={onChange}
            onRemove={() => {
              close();
              onChange(null);
            }}
          />
          </Waiting>
        )}
      >
        <button type="button" className={styles["chipText"]}>
          <span className="cut">
            <ConditionText object={object} condition={condition} />
          </span>
        </button>
      </Pop>
      <button type="button" className={styles["chipClose"]} onClick={() => onChange(null)} aria-label={t("filters.remove")}>
        <CloseOutlined aria-hidden="true" />
      </button>
    </span>
  );
}

function AddFilter({ object, where, onChange }: Props) {
  const { t } = useText();
  return (
    <Pop
      title={t("filters.add")}
      content={(close) => (
        <Waiting>
          <NewFilter object={object} where={where} onChange={onChange} onClose={close} />
        </Waiting>
      )}
    >
      <Button size="small" type="text" icon={<FilterOutlined />}>
        {t("filters.add")}
      </Button>
    </Pop>
  );
}

/** The editors come when first asked for. */
function Waiting({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Bone width={320} height={32} />}>{children}</Suspense>;
}
