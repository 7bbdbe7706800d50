import { useText } from "@/i18n/use-text";
import { useImports } from "@/intake/api";
import { RecentImports } from "@/intake/recent-imports";
import { ErrorState } from "@/ui";

import { SectionHead } from "./section-head";

/** What was brought in from files, to look at or take back. */
export function ImportsSection() {
  const { t } = useText();
  const recent = useImports();
  return (
    <>
      <SectionHead title={t("admin.section.imports")} text={t("admin.importsText")} />
      {recent.error ? (
        <ErrorState error={recent.error} onRetry={() => void recent.refetch()} />
      ) : (
        <RecentImports runs={recent.data?.items} bare />
      )}
    </>
  );
}
