import { SectionHead } from "@/admin/section-head";
import blocks from "@/admin/settings.module.css";
import { useText } from "@/i18n/use-text";
import { ErrorState, LineSkeleton } from "@/ui";

import { useSecurity } from "./api";
import { Events } from "./events";
import { PasswordForm } from "./password-form";
import { SecondFactor } from "./second-factor";
import { Sessions } from "./sessions";
import { Tokens } from "./tokens";

/** How one's own account is kept: password, second factor, open sessions, tokens, and what happened. */
export function SecuritySection() {
  const { t } = useText();
  const security = useSecurity();
  return (
    <>
      <SectionHead title={t("admin.section.security")} text={t("admin.sectionText.security")} />
      {security.data ? (
        <>
          <PasswordForm />
          <SecondFactor security={security.data} />
          <Sessions sessions={security.data.sessions} />
        </>
      ) : security.error ? (
        <ErrorState error={security.error} onRetry={() => void security.refetch()} />
      ) : (
        <LineSkeleton lines={6} />
      )}
      <Tokens />
      <section className={blocks["block"]} aria-labelledby="events">
        <h3 id="events">{t("security.events")}</h3>
        <Events />
      </section>
    </>
  );
}
