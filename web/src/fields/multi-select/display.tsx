import { asList, asText } from "@/api";

import type { DisplayProps } from "../contract";
import styles from "../fields.module.css";
import { optionsOf } from "../options";
import { OptionTag } from "../select/option-tag";

export function TagsDisplay({ field, value, tight }: DisplayProps) {
  const options = optionsOf(field);
  return (
    <span className={`${styles["list"]} ${tight ? styles["oneLine"] : ""}`}>
      {asList(value).map((one) => {
        const key = asText(one);
        return <OptionTag key={key} name={key} option={options.find((option) => option.key === key)} />;
      })}
    </span>
  );
}
