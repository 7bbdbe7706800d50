import { useText } from "@/i18n/use-text";
import { MenuFoldOutlined, MenuUnfoldOutlined, setRail, usePreferences } from "@/ui";

import { PlaceLink } from "./place-link";
import { usePlaces, type Place } from "./places";
import styles from "./shell.module.css";

export function Rail() {
  const { t } = useText();
  const { rail } = usePreferences();
  const places = usePlaces();
  const fold = rail ? t("shell.collapse") : t("shell.expand");
  return (
    <nav className={styles["rail"]} aria-label={t("shell.navigation")}>
      <div className={styles["brand"]}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span className={styles["word"]}>{t("common.app")}</span>
      </div>
      <Group places={places.filter((place) => place.group === "main")} wide={rail} />
      <Group places={places.filter((place) => place.group === "own")} wide={rail} />
      <div className={styles["end"]}>
        <Group places={places.filter((place) => place.group === "end")} wide={rail} />
        <button type="button" className={styles["place"]} onClick={() => setRail(!rail)} title={fold} aria-label={fold}>
          {rail ? <MenuFoldOutlined aria-hidden="true" /> : <MenuUnfoldOutlined aria-hidden="true" />}
          <span className={styles["word"]}>{fold}</span>
        </button>
      </div>
    </nav>
  );
}

function Group({ places, wide }: { places: Place[]; wide: boolean }) {
  if (places.length === 0) return null;
  return (
    <ul className={styles["group"]}>
      {places.map((place) => (
        <li key={place.key}>
          <PlaceLink place={place} className={styles["place"]} title={wide ? undefined : place.name}>
            {place.icon}
            <span className={`${styles["word"]} cut`}>{place.name}</span>
          </PlaceLink>
        </li>
      ))}
    </ul>
  );
}
