import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { useCreatable } from "@/shell/create-menu";
import { usePanels } from "@/shell/panels";
import { usePlaces } from "@/shell/places";
import { ObjectIcon, PlusOutlined, setTheme, TableOutlined, UploadOutlined, usePreferences } from "@/ui";

/** Something one can do from anywhere. The palette, menus and keys read one list. */
export type Command = { key: string; name: string; group: "views" | "actions"; icon: ReactNode; run: () => void };

export function useCommands(): Command[] {
  const creation = useCreationCommands();
  const places = usePlaceCommands();
  const views = useViewCommands();
  const settings = useSettingCommands();
  return [...creation, ...places, ...views, ...settings];
}

function useCreationCommands(): Command[] {
  const { t, label } = useText();
  const { startCreate } = usePanels();
  return useCreatable().map((def) => ({
    key: `create.${def.key}`,
    name: t("shell.newOf", { object: label(def.label) }),
    group: "actions",
    icon: <PlusOutlined aria-hidden="true" />,
    run: () => startCreate(def.key),
  }));
}

function usePlaceCommands(): Command[] {
  const { t } = useText();
  const { ws } = useWorkspace();
  const navigate = useNavigate();
  return usePlaces().map((place) => ({
    key: `go.${place.key}`,
    name: t("shell.palette.goTo", { name: place.name }),
    group: "actions",
    icon: place.icon,
    run: () =>
      void (place.go.to === "/w/$ws/o/$object"
        ? navigate({ to: place.go.to, params: { ws, object: place.go.object } })
        : navigate({ to: place.go.to, params: { ws } })),
  }));
}

function useViewCommands(): Command[] {
  const { label } = useText();
  const { ws, blueprint } = useWorkspace();
  const navigate = useNavigate();
  return Object.values(blueprint.objects).flatMap((def) =>
    def.views.map((view) => ({
      key: `view.${def.key}.${view.key}`,
      name: `${label(def.plural ?? def.label)} · ${label(view.label)}`,
      group: "views" as const,
      icon: <ObjectIcon name={def.icon} />,
      run: () => void navigate({ to: "/w/$ws/o/$object", params: { ws, object: def.key }, search: { view: view.key } }),
    })),
  );
}

function useSettingCommands(): Command[] {
  const { t, label } = useText();
  const { ws, blueprint } = useWorkspace();
  const { dark } = usePreferences();
  const navigate = useNavigate();
  const imports: Command[] = Object.values(blueprint.objects)
    .filter((def) => def.rights.import)
    .map((def) => ({
      key: `import.${def.key}`,
      name: t("list.importOf", { object: label(def.label) }),
      group: "actions",
      icon: <UploadOutlined aria-hidden="true" />,
      run: () => void navigate({ to: "/w/$ws/import/$object", params: { ws, object: def.key } }),
    }));
  return [
    ...imports,
    {
      key: "theme",
      name: `${t("shell.theme")}: ${dark ? t("shell.themeLight") : t("shell.themeDark")}`,
      group: "actions",
      icon: <TableOutlined aria-hidden="true" />,
      run: () => setTheme(dark ? "light" : "dark"),
    },
  ];
}
