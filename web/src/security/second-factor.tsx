import { useState } from "react";

import blocks from "@/admin/settings.module.css";
import { useText } from "@/i18n/use-text";
import { Button, Tag, toast } from "@/ui";

import { useNewCodes, useRefreshAccount, useRemoveFactor } from "./api";
import { Enrol } from "./enrol";
import { PasswordAsk } from "./password-ask";
import styles from "./security.module.css";
import { RecoveryCodeList } from "./shown-once";
import type { AccountSecurity } from "./types";

type Doing = "enrol" | "codes" | "remove" | null;

/** Codes by time from the phone: switched on and off, and new recovery codes. */
export function SecondFactor({ security }: { security: AccountSecurity }) {
  const { t } = useText();
  const [doing, setDoing] = useState<Doing>(null);
  const refresh = useRefreshAccount();
  const stop = () => setDoing(null);
  const finish = () => {
    stop();
    void refresh();
  };
  return (
    <section className={blocks["block"]} aria-labelledby="second-factor">
      <div className={styles["head"]}>
        <h3 id="second-factor">{t("security.secondFactor")}</h3>
        <Tag tone={security.second_factor ? "green" : "grey"}>{t(security.second_factor ? "security.on" : "security.off")}</Tag>
      </div>
      <p className="quiet">{t(security.required ? "security.demanded" : "security.secondFactorText")}</p>
      {doing === "enrol" && <Enrol onDone={finish} onCancel={stop} />}
      {doing === "codes" && <NewCodes onDone={finish} onCancel={stop} />}
      {doing === "remove" && <Remove onDone={finish} onCancel={stop} />}
      {doing === null && !security.second_factor && (
        <Button type="primary" onClick={() => setDoing("enrol")}>
          {t("security.setUp")}
        </Button>
      )}
      {doing === null && security.second_factor && (
        <>
          <p>{t("security.codesLeft", { count: security.recovery_codes })}</p>
          <div className={styles["buttons"]}>
            <Button onClick={() => setDoing("codes")}>{t("security.newCodes")}</Button>
            {!security.required && (
              <Button danger onClick={() => setDoing("remove")}>
                {t("security.switchOff")}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

type Step = { onDone: () => void; onCancel: () => void };

function NewCodes({ onDone, onCancel }: Step) {
  const { t } = useText();
  const renew = useNewCodes();
  if (renew.data) return <RecoveryCodeList codes={renew.data.recovery_codes} onDone={onDone} />;
  return (
    <PasswordAsk
      submit={t("security.newCodes")}
      pending={renew.isPending}
      error={renew.error}
      onSubmit={(password) => renew.mutate(password)}
      onCancel={onCancel}
    />
  );
}

function Remove({ onDone, onCancel }: Step) {
  const { t } = useText();
  const remove = useRemoveFactor();
  const done = () => {
    toast(t("security.removed"), { tone: "good" });
    onDone();
  };
  return (
    <PasswordAsk
      submit={t("security.switchOff")}
      danger
      pending={remove.isPending}
      error={remove.error}
      onSubmit={(password) => remove.mutate(password, { onSuccess: done })}
      onCancel={onCancel}
    />
  );
}
