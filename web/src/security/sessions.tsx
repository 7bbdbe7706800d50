import { useState } from "react";

import blocks from "@/admin/settings.module.css";
import { useText } from "@/i18n/use-text";
import { Button, Modal, Tag, Time, toast } from "@/ui";

import { agentName } from "./agent";
import { useEndSessions } from "./api";
import { PasswordAsk } from "./password-ask";
import styles from "./security.module.css";
import type { OpenSession } from "./types";

/** Which session is about to end: one, or all but this. */
type Ending = { session: string | null };

/** Where one is signed in, and a way to end each of them. */
export function Sessions({ sessions }: { sessions: OpenSession[] }) {
  const { t } = useText();
  const [ending, setEnding] = useState<Ending | null>(null);
  return (
    <section className={blocks["block"]} aria-labelledby="sessions">
      <div className={styles["head"]}>
        <h3 id="sessions">{t("security.sessions")}</h3>
        {sessions.length > 1 && (
          <Button size="small" onClick={() => setEnding({ session: null })}>
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
              <Button size="small" onClick={() => setEnding({ session: one.id })}>
                {t("security.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal
        open={ending !== null}
        title={t(ending?.session ? "security.end" : "security.endOthers")}
        footer={null}
        onCancel={() => setEnding(null)}
        destroyOnHidden
      >
        {ending && <EndSessions session={ending.session} onDone={() => setEnding(null)} />}
      </Modal>
    </section>
  );
}

function EndSessions({ session, onDone }: Ending & { onDone: () => void }) {
  const { t } = useText();
  const end = useEndSessions();
  const done = () => {
    toast(t("security.ended"), { tone: "good" });
    onDone();
  };
  return (
    <PasswordAsk
      submit={t("security.end")}
      pending={end.isPending}
      error={end.error}
      onSubmit={(password) => end.mutate({ session, password }, { onSuccess: done })}
    />
  );
}
