import { useRef, useState, type DragEvent } from "react";

import { useFiles, useRemoveFile, useUpload, useWorkspace } from "@/api";
import { fileAddress } from "@/api/record-parts";
import { sizeText } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Button, DeleteOutlined, ErrorState, LineSkeleton, PaperClipOutlined, Time, toast, UploadOutlined, useErrorText } from "@/ui";

import styles from "./record.module.css";

type Props = { object: string; id: string; canAdd: boolean };

/** Files of the record; new ones are dropped onto the section or chosen. */
export function FilesSection({ object, id, canAdd }: Props) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const files = useFiles(object, id);
  const remove = useRemoveFile(object, id);
  const { send, pending } = useSend(object, id);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (canAdd) send([...event.dataTransfer.files]);
  };
  return (
    <section
      className={`${styles["section"]} ${over ? styles["over"] : ""}`}
      aria-label={t("record.files")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(canAdd);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles["groupHead"]}>
        <h3>
          <PaperClipOutlined aria-hidden="true" /> {t("record.files")}
        </h3>
        {canAdd && (
          <>
            <input ref={picker} type="file" multiple hidden onChange={(event) => send([...(event.target.files ?? [])])} />
            <Button type="text" size="small" icon={<UploadOutlined />} loading={pending} onClick={() => picker.current?.click()}>
              {t("fields.upload")}
            </Button>
          </>
        )}
      </div>
      {files.isPending && <LineSkeleton lines={2} />}
      {files.error && <ErrorState error={files.error} onRetry={() => void files.refetch()} compact />}
      <ul>
        {files.data?.items.map((file) => (
          <li key={file.id} className={styles["relatedRow"]}>
            <a href={fileAddress(ws, file.id)} download={file.name} className="cut">
              {file.name}
            </a>
            <span className={styles["facts"]}>
              {sizeText(file.size)}
              {file.by && <span>{file.by.title}</span>}
              <Time at={file.at} />
              {canAdd && (
                <button
                  type="button"
                  className={styles["edit"]}
                  onClick={() => remove.mutate(file.id)}
                  aria-label={`${t("common.delete")} ${file.name}`}
                >
                  <DeleteOutlined aria-hidden="true" />
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {files.data?.items.length === 0 && <p className="quiet">{canAdd ? t("record.dropHere") : t("common.none")}</p>}
    </section>
  );
}

function useSend(object: string, id: string) {
  const upload = useUpload(object, id);
  const explain = useErrorText();
  const send = (files: File[]) => {
    for (const file of files) {
      upload.mutate({ file }, { onError: (error) => toast(`${file.name}: ${explain(error)}`, { tone: "bad" }) });
    }
  };
  return { send, pending: upload.isPending };
}
