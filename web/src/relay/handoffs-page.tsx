import { useText } from "@/i18n/use-text";
import { EmptyState } from "@/ui";

export function HandoffsPage() {
  const { t } = useText();
  return <EmptyState title={t("common.nothing.title")} />;
}
