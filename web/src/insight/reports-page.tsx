import { useText } from "@/i18n/use-text";
import { EmptyState } from "@/ui";

export function ReportsPage() {
  const { t } = useText();
  return <EmptyState title={t("common.nothing.title")} />;
}
