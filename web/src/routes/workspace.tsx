import { getRouteApi, Navigate } from "@tanstack/react-router";

import { isProblem, useBlueprint, useSession, WorkspaceProvider } from "@/api";
import { Shell } from "@/shell/shell";
import { ShellSkeleton } from "@/shell/shell-skeleton";
import { ErrorState } from "@/ui";

const route = getRouteApi("/w/$ws");

/** Everything inside a workspace: nothing is drawn before its blueprint is known. */
export function WorkspacePage() {
  const { ws } = route.useParams();
  const session = useSession();
  const blueprint = useBlueprint(ws);
  if (session.data && !session.data.account) return <Navigate to="/sign-in" />;
  if (blueprint.data) {
    return (
      <WorkspaceProvider ws={ws} blueprint={blueprint.data}>
        <Shell />
      </WorkspaceProvider>
    );
  }
  if (isProblem(blueprint.error, "second_factor_required")) return <Navigate to="/second-factor" />;
  if (isProblem(blueprint.error, "password_must_change")) return <Navigate to="/password" />;
  if (isProblem(blueprint.error) && blueprint.error.status === 404) return <Navigate to="/" />;
  if (blueprint.error) return <ErrorState error={blueprint.error} onRetry={() => void blueprint.refetch()} />;
  return <ShellSkeleton />;
}
