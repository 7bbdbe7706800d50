import { version } from "@/../package.json";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";

import { SectionHead } from "./section-head";
import styles from "./settings.module.css";

/** What runs here, for whoever is asked by support. */
export function AboutSection() {
  const { t, label } = useText();
  const { ws, blueprint } = useWorkspace();
  const facts: [string, string][] = [
    [t("admin.about.version"), version],
    [t("admin.about.workspace"), `${label(blueprint.name)} (${ws})`],
    [t("admin.about.blueprint"), String(blueprint.version)],
    [t("admin.about.currency"), blueprint.currency],
    [t("admin.about.zone"), blueprint.time_zone],
    [t("admin.about.licence"), "Apache-2.0"],
  ];
  return (
    <>
      <SectionHead title={t("admin.section.about")} text={t("admin.aboutText")} />
      <dl className={styles["facts"]}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
