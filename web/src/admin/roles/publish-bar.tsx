import { isProblem } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, toast, useErrorText } from "@/ui";

import { usePutRole } from "./api";
import { DifferenceList } from "./difference-list";
import styles from "./roles.module.css";
import type { Role } from "./types";

type Props = { roleKey: string; role: Role; published: Role; version: number; onReset: () => void };

/** What differs from the version in force: first in words, then for everybody. */
export function PublishBar({ roleKey, role, published, version, onReset }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const look = usePutRole();
  const publish = usePutRole();
  const named = role.label.zh.trim() !== "" && role.label.en.trim() !== "";
  // What was looked at is only the plan of the role as it was then.
  const seen = look.data !== undefined && look.variables.role === role;
  const error = publish.error ?? (look.variables?.role === role ? look.error : null);
  const go = () =>
    publish.mutate(
      { key: roleKey, role, version, dry: false },
      { onSuccess: (made) => toast(t("admin.published", { version: made.version }), { tone: "good" }) },
    );
  return (
    <div className={styles["publish"]} data-own-action="" role="region" aria-label={t("admin.changes")}>
      <div className={styles["plan"]} aria-live="polite">
        {error ? (
          <p className={styles["refused"]} role="alert">
            {isProblem(error) && error.problems.length > 1 ? error.problems.map((one) => one.text).join(" ") : explain(error)}
          </p>
        ) : seen ? (
          <ul>
            {look.data.plan.map((text) => (
              <li key={text}>{text}</li>
            ))}
            <DifferenceList before={published} after={role} />
            {look.data.plan.length === 0 && <li>{t("admin.nothingChanges")}</li>}
          </ul>
        ) : (
          <p>{t("admin.unpublished")}</p>
        )}
      </div>
      <Button onClick={onReset}>{t("admin.reset")}</Button>
      {seen && !error ? (
        <Button type="primary" onClick={go} loading={publish.isPending}>
          {t("admin.publish")}
        </Button>
      ) : (
        <Button
          type="primary"
          disabled={!named}
          loading={look.isPending}
          onClick={() => look.mutate({ key: roleKey, role, version, dry: true })}
        >
          {t("admin.look")}
        </Button>
      )}
    </div>
  );
}
