import { useState } from "react";

import { useChangePassword, useSaveAccount, useSession, useWorkspace, type Account } from "@/api";
import { NewPassword } from "@/auth/new-password";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { PreferenceSwitches } from "@/shell/preference-switches";
import { Avatar, Button, ErrorState, Input, LineSkeleton, Select, toast, useErrorText } from "@/ui";

import { SectionHead } from "./section-head";
import styles from "./settings.module.css";
import { timeZones } from "./time-zones";

/** One's own account: name, language, time zone, looks and password. */
export function ProfileSection() {
  const { t } = useText();
  const session = useSession();
  const account = session.data?.account;
  return (
    <>
      <SectionHead title={t("admin.section.profile")} />
      {account ? (
        <AccountForm key={account.id} account={account} />
      ) : session.error ? (
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <LineSkeleton lines={4} />
      )}
      <section className={styles["block"]} aria-labelledby="looks">
        <h3 id="looks">{t("admin.looks")}</h3>
        <PreferenceSwitches />
      </section>
      <PasswordForm />
    </>
  );
}

function AccountForm({ account }: { account: Account }) {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const { member } = blueprint.me;
  const explain = useErrorText();
  const save = useSaveAccount();
  const [name, setName] = useState(account.name);
  const write = (change: { name?: string; time_zone?: string }) =>
    save.mutate(change, {
      onSuccess: () => toast(t("common.saved"), { tone: "good" }),
      onError: (error) => toast(explain(error), { tone: "bad" }),
    });
  const saveName = () => {
    if (name.trim() && name.trim() !== account.name) write({ name: name.trim() });
  };
  return (
    <section className={styles["block"]} aria-label={t("admin.section.profile")}>
      <div className={styles["me"]}>
        <Avatar name={member.title} id={member.id} size={44} />
        <div>
          <strong>{member.title}</strong>
          <div>
            <RecordLink object="member" id={member.id}>
              {t("admin.myRecord")}
            </RecordLink>
          </div>
        </div>
      </div>
      <div className={styles["form"]}>
        <label>
          <span>{t("admin.login")}</span>
          <Input value={account.login} readOnly disabled />
        </label>
        <label>
          <span>{t("admin.accountName")}</span>
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            onBlur={saveName}
            onPressEnter={saveName}
            status={name.trim() ? "" : "error"}
            maxLength={100}
          />
        </label>
        <label>
          <span>{t("admin.zone")}</span>
          <Select
            showSearch
            value={account.time_zone}
            onChange={(time_zone: string) => write({ time_zone })}
            options={timeZones(account.time_zone).map((zone) => ({ value: zone, label: zone }))}
            aria-label={t("admin.zone")}
          />
        </label>
      </div>
    </section>
  );
}

function PasswordForm() {
  const { t } = useText();
  const change = useChangePassword();
  const [open, setOpen] = useState(false);
  const [round, setRound] = useState(0);
  const done = () => {
    toast(t("admin.passwordChanged"), { tone: "good" });
    setOpen(false);
    setRound(round + 1);
  };
  return (
    <section className={styles["block"]} aria-labelledby="password">
      <h3 id="password">{t("admin.password")}</h3>
      {open ? (
        <div className={styles["password"]}>
          <NewPassword
            key={round}
            withOld
            submit={t("admin.changePassword")}
            pending={change.isPending}
            error={change.error}
            onSubmit={(passwords) => change.mutate(passwords, { onSuccess: done })}
          />
        </div>
      ) : (
        <Button onClick={() => setOpen(true)}>{t("admin.changePassword")}</Button>
      )}
    </section>
  );
}
