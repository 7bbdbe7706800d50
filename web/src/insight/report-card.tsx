import { useId, type ReactNode } from "react";

import { useText } from "@/i18n/use-text";
import { DownloadOutlined, Menu, Button, type MenuItem } from "@/ui";

import styles from "./reports.module.css";
import type { Days } from "./types";

type Props = {
  title: string;
  /** What was counted, in words. */
  definition?: string | undefined;
  period: Days;
  /** Beside the title: switches of this card alone. */
  tools?: ReactNode;
  /** Ways to take it along; none while it loads. */
  saves?: { items: MenuItem[]; onChoose: (key: string) => void } | undefined;
  wide?: boolean;
  children: ReactNode;
};

/** One report: its name, what it counts and for when, and the thing itself. */
export function ReportCard({ title, definition, period, tools, saves, wide = false, children }: Props) {
  const { t } = useText();
  const id = useId();
  return (
    <section className={`${styles["card"]} ${wide ? styles["wide"] : ""}`} aria-labelledby={id}>
      <header className={styles["cardHead"]}>
        <h2 id={id}>{title}</h2>
        <div className={styles["cardTools"]}>
          {tools}
          {saves && (
            <Menu items={saves.items} onChoose={saves.onChoose} label={t("insight.export")} placement="bottomRight">
              <Button type="text" size="small" icon={<DownloadOutlined />} aria-label={t("insight.exportOf", { title })} />
            </Menu>
          )}
        </div>
        <p className={styles["definition"]}>
          {t("insight.days", { from: period.from, to: period.to })}
          {definition && ` · ${definition}`}
        </p>
      </header>
      {children}
    </section>
  );
}
