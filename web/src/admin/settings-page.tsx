import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ArrowLeftOutlined, ListSkeleton, NoPermission, RightOutlined, usePhone } from "@/ui";

import { useSections, type Section, type SectionKey } from "./sections";
import styles from "./settings.module.css";

const route = getRouteApi("/w/$ws/settings/{-$section}");

const PAGES = {
  members: lazy(() => import("./members/members-section").then((m) => ({ default: m.MembersSection }))),
  departments: lazy(() => import("./departments/departments-section").then((m) => ({ default: m.DepartmentsSection }))),
  roles: lazy(() => import("./roles/roles-section").then((m) => ({ default: m.RolesSection }))),
  imports: lazy(() => import("./imports-section").then((m) => ({ default: m.ImportsSection }))),
  protection: lazy(() => import("@/security/protection-section").then((m) => ({ default: m.ProtectionSection }))),
  security: lazy(() => import("@/security/security-section").then((m) => ({ default: m.SecuritySection }))),
  profile: lazy(() => import("./profile-section").then((m) => ({ default: m.ProfileSection }))),
  about: lazy(() => import("./about-section").then((m) => ({ default: m.AboutSection }))),
} satisfies Record<SectionKey, unknown>;

/** The settings: a list of sections beside the chosen one; on the phone one after the other. */
export function SettingsPage() {
  const { section } = route.useParams();
  const sections = useSections();
  const phone = usePhone();
  if (phone && !section) return <SectionList sections={sections} />;
  const wanted = section ?? sections[0]?.key;
  const chosen = sections.find((one) => one.key === wanted);
  return (
    <div className={styles["settings"]}>
      {phone ? <BackBar section={chosen} /> : <SectionNav sections={sections} chosen={chosen?.key} />}
      <div className={styles["content"]}>{chosen ? <Page section={chosen.key} /> : <NoPermission />}</div>
    </div>
  );
}

function Page({ section }: { section: SectionKey }) {
  const Shown = PAGES[section];
  return (
    <Suspense fallback={<ListSkeleton rows={8} columns={3} />}>
      <Shown />
    </Suspense>
  );
}

function SectionNav({ sections, chosen }: { sections: Section[]; chosen: string | undefined }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  return (
    <nav className={styles["nav"]} aria-label={t("shell.settings")}>
      <h1>{t("shell.settings")}</h1>
      {sections.map((section) => (
        <Link
          key={section.key}
          to="/w/$ws/settings/{-$section}"
          params={{ ws, section: section.key }}
          className={styles["navItem"] ?? ""}
          aria-current={section.key === chosen ? "page" : undefined}
        >
          {section.icon} {section.name}
        </Link>
      ))}
    </nav>
  );
}

function SectionList({ sections }: { sections: Section[] }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  return (
    <nav className={styles["list"]} aria-label={t("shell.settings")}>
      <h1>{t("shell.settings")}</h1>
      <ul>
        {sections.map((section) => (
          <li key={section.key}>
            <Link to="/w/$ws/settings/{-$section}" params={{ ws, section: section.key }} className={styles["listItem"] ?? ""}>
              {section.icon}
              <span>
                {section.name}
                <small className="quiet">{section.text}</small>
              </span>
              <RightOutlined aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function BackBar({ section }: { section: Section | undefined }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  return (
    <Link to="/w/$ws/settings/{-$section}" params={{ ws, section: undefined }} className={styles["backBar"] ?? ""}>
      <ArrowLeftOutlined aria-hidden="true" /> {t("shell.settings")} · {section?.name}
    </Link>
  );
}
