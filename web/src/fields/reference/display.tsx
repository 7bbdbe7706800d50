import { useWorkspace } from "@/api";
import { RecordLink } from "@/shell/record-link";

import type { DisplayProps } from "../contract";
import styles from "../fields.module.css";
import { targetOf } from "../options";
import { titledList } from "./titled";

/** Links to the records it names; the names alone where the reader may not open them. */
export function ReferenceDisplay({ field, value, tight }: DisplayProps) {
  const { object } = useWorkspace();
  const target = targetOf(field);
  const linked = object(target) !== undefined;
  return (
    <span className={`${styles["list"]} ${tight ? styles["oneLine"] : ""}`}>
      {titledList(value).map(({ id, title }) =>
        linked ? (
          <RecordLink key={id} object={target} id={id} className="cut">
            {title}
          </RecordLink>
        ) : (
          <span key={id} className="cut">
            {title}
          </span>
        ),
      )}
    </span>
  );
}
