import type { ReactNode } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ApartmentOutlined, HistoryOutlined, LockOutlined, QuestionCircleOutlined, SafetyOutlined, SecurityScanOutlined, TeamOutlined, UserOutlined } from "@/ui";

export const SECTIONS = ["members", "departments", "roles", "imports", "protection", "profile", "security", "about"] as const;
export type SectionKey = (typeof SECTIONS)[number];

export type Section = { key: SectionKey; name: string; text: string; icon: ReactNode };

const ICONS: Record<SectionKey, ReactNode> = {
  profile: <UserOutlined aria-hidden="true" />,
  security: <SafetyOutlined aria-hidden="true" />,
  protection: <SecurityScanOutlined aria-hidden="true" />,
  members: <TeamOutlined aria-hidden="true" />,
  departments: <ApartmentOutlined aria-hidden="true" />,
  roles: <LockOutlined aria-hidden="true" />,
  imports: <HistoryOutlined aria-hidden="true" />,
  about: <QuestionCircleOutlined aria-hidden="true" />,
};

/** The sections this person may open; their own account is always among them. */
export function useSections(): Section[] {
  const { t } = useText();
  const { may, blueprint } = useWorkspace();
  const imports = Object.values(blueprint.objects).some((def) => def.rights.import);
  const open: Record<SectionKey, boolean> = {
    members: may("members"),
    departments: may("members"),
    roles: may("members"),
    imports,
    protection: may("members") || may("audit"),
    profile: true,
    security: true,
    about: true,
  };
  return SECTIONS.filter((key) => open[key]).map((key) => ({
    key,
    name: t(`admin.section.${key}`),
    text: t(`admin.sectionText.${key}`),
    icon: ICONS[key],
  }));
}
