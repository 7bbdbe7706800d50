import { useText } from "@/i18n/use-text";

import styles from "./skeleton.module.css";

/** A grey bar where a text will stand. */
export function Bone({ width = "100%", height = 12 }: { width?: string | number; height?: number }) {
  return <span className={styles["bone"]} style={{ width, height }} />;
}

function Waiting({ className, children }: { className?: string | undefined; children: React.ReactNode }) {
  const { t } = useText();
  return (
    <div className={className} role="status" aria-live="polite">
      <span className="unseen">{t("common.loading")}</span>
      {children}
    </div>
  );
}

const WIDTHS = ["62%", "38%", "74%", "46%", "58%"];
const widthOf = (n: number) => WIDTHS[n % WIDTHS.length] ?? "50%";
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);

export function ListSkeleton({ rows = 12, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <Waiting className={styles["list"]}>
      {upTo(rows).map((row) => (
        <div key={row} className={styles["row"]}>
          {upTo(columns).map((column) => (
            <Bone key={column} width={widthOf(row + column)} />
          ))}
        </div>
      ))}
    </Waiting>
  );
}

export function RecordSkeleton() {
  return (
    <Waiting className={styles["record"]}>
      <Bone width="40%" height={22} />
      <Bone width="64%" />
      <Bone height={56} />
      <div className={styles["columns"]}>
        {upTo(3).map((column) => (
          <div key={column} className={styles["stack"]}>
            {upTo(6).map((line) => (
              <Bone key={line} width={widthOf(column + line)} />
            ))}
          </div>
        ))}
      </div>
    </Waiting>
  );
}

export function CardSkeleton({ cards = 4, lines = 3 }: { cards?: number; lines?: number }) {
  return (
    <Waiting className={styles["stack"]}>
      {upTo(cards).map((card) => (
        <div key={card} className={styles["card"]}>
          {upTo(lines).map((line) => (
            <Bone key={line} width={widthOf(card + line)} />
          ))}
        </div>
      ))}
    </Waiting>
  );
}

export function LineSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <Waiting className={styles["stack"]}>
      {upTo(lines).map((line) => (
        <Bone key={line} width={widthOf(line)} />
      ))}
    </Waiting>
  );
}
