import { useText } from "@/i18n/use-text";
import { EmptyState } from "@/ui";

export function SettingsPage() {
  const { t } = useText();
  return <EmptyState title={t("common.nothing.title")} />;
}
