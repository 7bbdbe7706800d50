import { useText } from "@/i18n/use-text";
import { UserOutlined } from "@/ui";

import { CreateMenu } from "./create-menu";
import { PlaceLink } from "./place-link";
import { usePlaces, type Place } from "./places";
import styles from "./shell.module.css";

const ON_PHONE = ["home", "lead", "opportunity", "task"];

/** The phone's navigation, within reach of the thumb. */
export function BottomBar() {
  const { t } = useText();
  const places = usePlaces();
  const chosen = ON_PHONE.flatMap((key) => places.find((place) => place.key === key) ?? []);
  const me: Place = {
    key: "me",
    name: t("shell.me"),
    icon: <UserOutlined aria-hidden="true" />,
    go: { to: "/w/$ws/me" },
    group: "main",
  };
  const named = chosen.map((place) => (place.key === "task" ? { ...place, name: t("shell.todo") } : place));
  return (
    <>
      <div className={styles["round"]}>
        <CreateMenu round />
      </div>
      <nav className={styles["bottom"]} aria-label={t("shell.navigation")}>
        {[...named, me].map((place) => (
          <PlaceLink key={place.key} place={place} className={styles["tab"]}>
            {place.icon}
            <span>{place.name}</span>
          </PlaceLink>
        ))}
      </nav>
    </>
  );
}
