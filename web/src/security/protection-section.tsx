import { SectionHead } from "@/admin/section-head";
import blocks from "@/admin/settings.module.css";
import { useSession, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ErrorState, LineSkeleton, Switch, toast, useErrorText } from "@/ui";

import { useDemand, useProtection } from "./api";
import { Events } from "./events";
import styles from "./security.module.css";

/** What the workspace demands at the door, and who came in. */
export function ProtectionSection() {
  const { t } = useText();
  const { ws, may } = useWorkspace();
  return (
    <>
      <SectionHead title={t("admin.section.protection")} text={t("admin.sectionText.protection")} />
      {may("members") && <Demand />}
      {may("audit") && (
        <section className={blocks["block"]} aria-labelledby="events">
          <h3 id="events">{t("security.eventsOfAll")}</h3>
          <Events ws={ws} />
        </section>
      )}
    </>
  );
}

function Demand() {
  const { t } = useText();
  const explain = useErrorText();
  const session = useSession();
  const protection = useProtection(true);
  const demand = useDemand();
  const change = (required: boolean) =>
    demand.mutate(required, {
      onSuccess: () => toast(t("common.saved"), { tone: "good" }),
      onError: (error) => toast(explain(error), { tone: "bad" }),
    });
  if (protection.error) return <ErrorState error={protection.error} onRetry={() => void protection.refetch()} />;
  if (!protection.data) return <LineSkeleton lines={2} />;
  const { second_factor_required: required, accounts, enrolled } = protection.data;
  const may = required || session.data?.account?.second_factor === true;
  return (
    <section className={blocks["block"]} aria-labelledby="demand">
      <div className={styles["switch"]}>
        <div>
          <h3 id="demand">{t("security.demand")}</h3>
          <p className="quiet">{t("security.demandText", { accounts, enrolled })}</p>
          {!may && <p>{t("security.demandFirst")}</p>}
        </div>
        <Switch checked={required} onChange={change} loading={demand.isPending} disabled={!may} aria-labelledby="demand" />
      </div>
    </section>
  );
}
