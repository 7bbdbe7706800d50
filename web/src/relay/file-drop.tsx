import { useRef, useState, type DragEvent } from "react";

import { useWorkspace, type FileRef } from "@/api";
import { fileAddress } from "@/api/record-parts";
import { useText } from "@/i18n/use-text";
import { Button, CheckOutlined, PaperClipOutlined, toast, UploadOutlined, useErrorText } from "@/ui";

import { useAttach } from "./api";
import { PieceName } from "./piece-name";
import styles from "./relay.module.css";
import type { Deliverable } from "./types";

type Props = { object: string; id: string; piece: Deliverable; disabled?: boolean };

/** Where a file that a stage must produce is dropped or chosen. */
export function FileDrop({ object, id, piece, disabled = false }: Props) {
  const { t, label } = useText();
  const explain = useErrorText();
  const attach = useAttach(object, id);
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const files = piece.files ?? [];
  const name = label(piece.label);
  const send = (chosen: FileList | null) => {
    for (const file of chosen ?? []) {
      attach.mutate({ name: piece.key, file }, { onError: (error) => toast(explain(error), { tone: "bad" }) });
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) send(event.dataTransfer.files);
  };
  return (
    <div
      className={`${styles["drop"]} ${over ? styles["over"] : ""}`}
      role="group"
      aria-label={name}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span className={styles["dropName"]}>
        {files.length > 0 ? <CheckOutlined className={styles["doneMark"]} aria-hidden="true" /> : <PaperClipOutlined aria-hidden="true" />}
        <PieceName piece={piece} />
      </span>
      <FileNames files={files} />
      <input ref={picker} type="file" multiple hidden onChange={(event) => send(event.target.files)} aria-label={name} />
      {!disabled && (
        <Button size="small" icon={<UploadOutlined aria-hidden="true" />} loading={attach.isPending} onClick={() => picker.current?.click()}>
          {t(files.length > 0 ? "relay.addFile" : "relay.chooseFile")}
        </Button>
      )}
    </div>
  );
}

export function FileNames({ files }: { files: Pick<FileRef, "id" | "name">[] }) {
  const { ws } = useWorkspace();
  if (files.length === 0) return null;
  return (
    <span className={styles["fileNames"]}>
      {files.map((file) => (
        <a key={file.id} href={fileAddress(ws, file.id)} download={file.name} className="cut" title={file.name}>
          {file.name}
        </a>
      ))}
    </span>
  );
}
