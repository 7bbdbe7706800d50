import { Button } from "antd";
import type { ReactNode } from "react";

import { OFFLINE, Problem } from "@/api/problem";
import { useText } from "@/i18n/use-text";

import styles from "./states.module.css";

type StateProps = { title: string; text?: ReactNode; action?: ReactNode; icon?: ReactNode; compact?: boolean };

/** Nothing is here; says why and offers the first step. */
export function EmptyState({ title, text, action, icon, compact = false }: StateProps) {
  return (
    <div className={compact ? `${styles["state"]} ${styles["compact"]}` : styles["state"]} role="status">
      {icon && <div className={styles["icon"]}>{icon}</div>}
      <p className={styles["title"]}>{title}</p>
      {text && <p className={styles["text"]}>{text}</p>}
      {action && <div className={styles["action"]}>{action}</div>}
    </div>
  );
}

export function NoPermission({ compact = false }: { compact?: boolean }) {
  const { t } = useText();
  return (
    <EmptyState
      compact={compact}
      title={t("common.denied.title")}
      text={t("common.denied.text")}
      action={!compact && <Button href="/">{t("shell.toHome")}</Button>}
    />
  );
}

type ErrorProps = { error: Error | null; onRetry?: () => void; compact?: boolean };

/** What went wrong and what to do about it; a refusal and a missing thing have their own words. */
export function ErrorState({ error, onRetry, compact = false }: ErrorProps) {
  const { t } = useText();
  const explain = useErrorText();
  if (error instanceof Problem && error.status === 403) return <NoPermission compact={compact} />;
  return (
    <div className={compact ? `${styles["state"]} ${styles["compact"]}` : styles["state"]} role="alert">
      <p className={styles["title"]}>{t("common.error.title")}</p>
      <p className={styles["text"]}>{explain(error)}</p>
      {onRetry && (
        <div className={styles["action"]}>
          <Button onClick={onRetry}>{t("common.retry")}</Button>
        </div>
      )}
    </div>
  );
}

/** One sentence for people about any error. */
export function useErrorText(): (error: Error | null) => string {
  const { t } = useText();
  return (error) => {
    if (!(error instanceof Problem)) return t("common.error.unknown");
    if (error.code === "version_conflict") return t("common.error.conflict");
    const first = error.problems[0]?.text;
    if (typeof error.detail["title"] === "string") return first ? `${error.message} ${first}` : error.message;
    if (error.status === OFFLINE) return t("common.error.offline");
    if (error.status === 404) return t("common.error.notFound");
    if (error.status === 403) return t("common.error.denied");
    if (error.status === 429) return t("common.error.tooMany");
    return t("common.error.server");
  };
}
