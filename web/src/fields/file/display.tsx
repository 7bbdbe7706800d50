import { useWorkspace } from "@/api";
import { fileAddress } from "@/api/record-parts";
import { PaperClipOutlined } from "@/ui";

import type { DisplayProps } from "../contract";
import styles from "../fields.module.css";
import { filesOf, sizeText } from "./files";

/** Names that download; pictures as small pictures. */
export function FileDisplay({ field, value, tight }: DisplayProps) {
  const { ws } = useWorkspace();
  return (
    <span className={`${styles["list"]} ${tight ? styles["oneLine"] : ""}`}>
      {filesOf(value).map((file) => (
        <a
          key={file.id}
          href={fileAddress(ws, file.id)}
          className={styles["file"]}
          title={`${file.name} · ${sizeText(file.size)}`}
          onClick={(event) => event.stopPropagation()}
          download={file.name}
        >
          {field.type === "image" ? (
            <img src={fileAddress(ws, file.id, true)} alt={file.name} className={styles["thumb"]} loading="lazy" />
          ) : (
            <>
              <PaperClipOutlined aria-hidden="true" />
              <span className="cut">{file.name}</span>
            </>
          )}
        </a>
      ))}
    </span>
  );
}
