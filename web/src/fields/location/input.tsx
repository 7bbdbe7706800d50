import { isObject } from "@/api";
import { useText } from "@/i18n/use-text";
import { AimOutlined, Button, InputNumber, toast } from "@/ui";

import type { InputProps } from "../contract";
import styles from "../fields.module.css";

/** Two numbers, or where this device is. A browser tells WGS-84. */
export function LocationInput({ value, onChange, onDone, id, problem }: InputProps) {
  const { t } = useText();
  const place = isObject(value) ? value : {};
  const here = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onChange({ lng: coords.longitude, lat: coords.latitude, system: "wgs84" }),
      () => toast(t("fields.noLocation"), { tone: "bad" }),
    );
  const one = (key: "lng" | "lat", most: number) => (
    <InputNumber
      {...(key === "lng" && id ? { id } : {})}
      value={typeof place[key] === "number" ? place[key] : null}
      min={-most}
      max={most}
      onChange={(next) => onChange(next === null ? null : { system: "wgs84", lng: 0, lat: 0, ...place, [key]: next })}
      onBlur={onDone}
      aria-label={t(`fields.${key}`)}
      placeholder={t(`fields.${key}`)}
      status={problem ? "error" : ""}
      controls={false}
    />
  );
  return (
    <span className={styles["pair"]}>
      {one("lng", 180)}
      {one("lat", 90)}
      <Button icon={<AimOutlined />} onClick={here} aria-label={t("fields.here")} title={t("fields.here")} />
    </span>
  );
}
