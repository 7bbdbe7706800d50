import { useState } from "react";

import blocks from "@/admin/settings.module.css";
import { useText } from "@/i18n/use-text";
import { Button, ErrorState, LineSkeleton, Modal, Tag, Time, toast, useErrorText, useNow } from "@/ui";

import { useRevokeToken, useTokens } from "./api";
import { NewTokenForm } from "./new-token";
import styles from "./security.module.css";
import type { ApiToken } from "./types";

/** The tokens by which one's own programs act here. */
export function Tokens() {
  const { t } = useText();
  const tokens = useTokens();
  const [making, setMaking] = useState(false);
  return (
    <section className={blocks["block"]} aria-labelledby="tokens">
      <div className={styles["head"]}>
        <h3 id="tokens">{t("security.tokens")}</h3>
        <Button size="small" onClick={() => setMaking(true)}>
          {t("security.newToken")}
        </Button>
      </div>
      <p className="quiet">{t("security.tokensText")}</p>
      {tokens.isPending && <LineSkeleton lines={2} />}
      {tokens.error && <ErrorState compact error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.items.length === 0 && <p className="quiet">{t("security.noTokens")}</p>}
      {tokens.data && tokens.data.items.length > 0 && (
        <ul className={styles["list"]}>
          {tokens.data.items.map((token) => (
            <TokenLine key={token.id} token={token} />
          ))}
        </ul>
      )}
      <Modal open={making} title={t("security.newToken")} footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <NewTokenForm onDone={() => setMaking(false)} />
      </Modal>
    </section>
  );
}

function TokenLine({ token }: { token: ApiToken }) {
  const { t } = useText();
  const explain = useErrorText();
  const revoke = useRevokeToken();
  const over = new Date(token.expires_at).getTime() < useNow();
  const take = () =>
    revoke.mutate(token.id, {
      onSuccess: () => toast(t("security.revoked", { name: token.name }), { tone: "good" }),
      onError: (error) => toast(explain(error), { tone: "bad" }),
    });
  return (
    <li>
      <div>
        <span className={styles["line"]}>
          <strong>{token.name}</strong> <Tag>{t(`security.scope.${token.scope}`)}</Tag>
          {over && <Tag tone="grey">{t("security.expired")}</Tag>}
        </span>
        <small className={`quiet ${styles["line"] ?? ""}`}>
          <code>{token.prefix}…</code>
          <span>
            {t("security.until")} <Time at={token.expires_at} />
          </span>
          <span>
            {token.last_used_at ? t("security.lastUsed") : t("security.neverUsed")} <Time at={token.last_used_at} />
          </span>
        </small>
      </div>
      <Button size="small" danger onClick={take} aria-label={t("security.revokeOf", { name: token.name })}>
        {t("security.revoke")}
      </Button>
    </li>
  );
}
