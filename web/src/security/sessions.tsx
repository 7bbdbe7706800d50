import blocks from "@/admin/settings.module.css";
import { useText } from "@/i18n/use-text";
import { Button, Tag, Time, toast, useErrorText } from "@/ui";

import { agentName } from "./agent";
import { useEndOthers, useEndSession } from "./api";
import styles from "./security.module.css";
import type { OpenSession } from "./types";

/** Where one is signed in, and a way to end each of them. */
export function Sessions({ sessions }: { sessions: OpenSession[] }) {
  const { t } = useText();
  const explain = useErrorText();
  const end = useEndSession();
  const endOthers = useEndOthers();
  const said = {
    onSuccess: () => toast(t("security.ended"), { tone: "good" }),
    onError: (error: Error) => toast(explain(error), { tone: "bad" }),
  };
  return (
    <section className={blocks["block"]} aria-labelledby="sessions">
      <div className={styles["head"]}>
        <h3 id="sessions">{t("security.sessions")}</h3>
        {sessions.length > 1 && (
          <Button size="small" onClick={() => endOthers.mutate(undefined, said)} loading={endOthers.isPending}>
            {t("security.endOthers")}
          </Button>
        )}
      </div>
      <ul className={styles["list"]}>
        {sessions.map((one) => (
          <li key={one.id}>
            <div>
              <span className={styles["line"]}>
                {agentName(one.agent) || t("security.unknownAgent")}
                {one.is_this && <Tag tone="accent">{t("security.thisOne")}</Tag>}
              </span>
              <small className="quiet">
                {one.address} · {t("security.lastUsed")} <Time at={one.seen_at} />
              </small>
            </div>
            {!one.is_this && (
              <Button size="small" onClick={() => end.mutate(one.id, said)}>
                {t("security.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
