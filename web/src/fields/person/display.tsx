import { Person } from "@/ui";

import type { DisplayProps } from "../contract";
import styles from "../fields.module.css";
import { titledList } from "../reference/titled";

export function PersonDisplay({ value, tight }: DisplayProps) {
  return (
    <span className={`${styles["list"]} ${tight ? styles["oneLine"] : ""}`}>
      {titledList(value).map(({ id, title }) => (
        <Person key={id} id={id} name={title} />
      ))}
    </span>
  );
}
