import type { ReactNode } from "react";

import { useWorkspace, type ObjectDef, type Workspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { BarChartOutlined, HomeOutlined, ObjectIcon, SettingOutlined, SwapOutlined } from "@/ui";

type To =
  | { to: "/w/$ws" | "/w/$ws/handoffs" | "/w/$ws/reports" | "/w/$ws/me" }
  | { to: "/w/$ws/settings/{-$section}" }
  | { to: "/w/$ws/o/$object"; object: string };

/** A destination of the navigation: rail, bottom bar and palette read one list. */
export type Place = { key: string; name: string; icon: ReactNode; go: To; group: "main" | "own" | "end" };

const FIRST = ["lead", "opportunity", "account"];
const SECOND = ["task"];

export function usePlaces(): Place[] {
  const { t, label } = useText();
  const workspace = useWorkspace();
  const object = (def: ObjectDef, group: Place["group"]): Place => ({
    key: def.key,
    name: label(def.plural ?? def.label),
    icon: <ObjectIcon name={def.icon} />,
    go: { to: "/w/$ws/o/$object", object: def.key },
    group,
  });
  const known = (keys: string[]) =>
    keys.flatMap((key) => workspace.object(key) ?? []).map((def) => object(def, "main"));
  const place = (key: string, name: string, icon: ReactNode, go: To, group: Place["group"]) => ({ key, name, icon, go, group });
  return [
    place("home", t("shell.home"), <HomeOutlined aria-hidden="true" />, { to: "/w/$ws" }, "main"),
    ...known(FIRST),
    place("handoffs", t("shell.handoffs"), <SwapOutlined aria-hidden="true" />, { to: "/w/$ws/handoffs" }, "main"),
    ...known(SECOND),
    ...(workspace.may("dashboard")
      ? [place("reports", t("shell.reports"), <BarChartOutlined aria-hidden="true" />, { to: "/w/$ws/reports" }, "main")]
      : []),
    ...others(workspace).map((def) => object(def, "own")),
    ...(workspace.may("members") || workspace.may("blueprint")
      ? [place("settings", t("shell.settings"), <SettingOutlined aria-hidden="true" />, { to: "/w/$ws/settings/{-$section}" }, "end")]
      : []),
  ];
}

function others({ blueprint }: Workspace): ObjectDef[] {
  return Object.values(blueprint.objects)
    .filter((def) => typeof def.navigation === "number" && !FIRST.includes(def.key) && !SECOND.includes(def.key))
    .sort((a, b) => (a.navigation ?? 0) - (b.navigation ?? 0));
}
