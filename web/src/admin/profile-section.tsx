import { useState } from "react";

import { useSaveAccount, useSession, useWorkspace, type Account } from "@/api";
import { useText } from "@/i18n/use-text";
import { RecordLink } from "@/shell/record-link";
import { PreferenceSwitches } from "@/shell/preference-switches";
import { Avatar, ErrorState, Input, LineSkeleton, Select, toast, useErrorText } from "@/ui";

import { SectionHead } from "./section-head";
import styles from "./settings.module.css";
import { timeZones } from "./time-zones";

/** One's own account: name, language, time zone and looks. */
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
