import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";

import { sessionQuery } from "@/api/session";
import { handoffSearch, importSearch, listSearch, panelSearch, reportSearch, settingsSearch } from "@/routes/search";
import { NotFoundPage, RootPage, UnexpectedPage } from "@/routes/root";

type Context = { client: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: RootPage, notFoundComponent: NotFoundPage });

async function requireAccount({ context, location }: { context: Context; location: { href: string } }) {
  const session = await context.client.ensureQueryData(sessionQuery);
  if (!session.account) throw redirect({ to: "/sign-in", search: { to: location.href } });
  if (session.account.must_change_password) throw redirect({ to: "/password" });
  return session;
}

/** Where a workspace demands a second factor, there is no way past setting one up. */
async function requireEntry(given: { context: Context; location: { href: string }; params: { ws: string } }) {
  const { account, workspaces } = await requireAccount(given);
  const entered = workspaces.find((one) => one.slug === given.params.ws);
  if (entered?.second_factor_required && !account?.second_factor) throw redirect({ to: "/second-factor" });
}

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async (given) => void (await requireAccount(given)),
  component: lazyRouteComponent(() => import("@/routes/start"), "StartPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search["to"] === "string" && search["to"].startsWith("/") ? { to: search["to"] } : {},
  component: lazyRouteComponent(() => import("@/routes/sign-in"), "SignInPage"),
});

const password = createRoute({
  getParentRoute: () => root,
  path: "/password",
  component: lazyRouteComponent(() => import("@/routes/password"), "PasswordPage"),
});

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  component: lazyRouteComponent(() => import("@/routes/second-factor"), "SecondFactorPage"),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: lazyRouteComponent(() => import("@/routes/invite"), "InvitePage"),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: "/w/$ws",
  beforeLoad: requireEntry,
  validateSearch: panelSearch,
  component: lazyRouteComponent(() => import("@/routes/workspace"), "WorkspacePage"),
});

const home = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  component: lazyRouteComponent(() => import("@/home/home-page"), "HomePage"),
});

const list = createRoute({
  getParentRoute: () => workspace,
  path: "/o/$object",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/routes/list"), "ListPage"),
});

const record = createRoute({
  getParentRoute: () => workspace,
  path: "/o/$object/$id",
  component: lazyRouteComponent(() => import("@/routes/record"), "RecordPage"),
});

const handoffs = createRoute({
  getParentRoute: () => workspace,
  path: "/handoffs",
  validateSearch: handoffSearch,
  component: lazyRouteComponent(() => import("@/relay/handoffs-page"), "HandoffsPage"),
});

const imports = createRoute({
  getParentRoute: () => workspace,
  path: "/import/$object",
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import("@/intake/import-page"), "ImportPage"),
});

const reports = createRoute({
  getParentRoute: () => workspace,
  path: "/reports",
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import("@/insight/reports-page"), "ReportsPage"),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: "/settings/{-$section}",
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import("@/admin/settings-page"), "SettingsPage"),
});

const me = createRoute({
  getParentRoute: () => workspace,
  path: "/me",
  component: lazyRouteComponent(() => import("@/shell/me-page"), "MePage"),
});

const tree = root.addChildren([
  start,
  signIn,
  password,
  secondFactor,
  invite,
  workspace.addChildren([home, list, record, handoffs, imports, reports, settings, me]),
]);

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: UnexpectedPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
