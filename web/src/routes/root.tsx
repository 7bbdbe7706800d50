import { Link, Outlet, useRouter, type ErrorComponentProps } from "@tanstack/react-router";

import { useText } from "@/i18n/use-text";
import { Button, EmptyState, ErrorState } from "@/ui";

export function RootPage() {
  return <Outlet />;
}

export function NotFoundPage() {
  const { t } = useText();
  return (
    <main>
      <EmptyState
        title={t("shell.notFound")}
        text={t("shell.notFoundText")}
        action={
          <Link to="/">
            <Button type="primary">{t("shell.toHome")}</Button>
          </Link>
        }
      />
    </main>
  );
}

export function UnexpectedPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main>
      <ErrorState error={error instanceof Error ? error : null} onRetry={again} />
    </main>
  );
}
