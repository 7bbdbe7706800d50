import { useRef, useState } from "react";

import { call, useWorkspace, type FileRef } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, CloseOutlined, toast, UploadOutlined, useErrorText } from "@/ui";

import type { InputProps } from "../contract";
import styles from "../fields.module.css";
import { filesOf, sizeText } from "./files";

/** Uploads at once and keeps the references; the record is saved with them. */
export function FileInput({ field, value, onChange, onDone, id }: InputProps) {
  const { t } = useText();
  const { ws } = useWorkspace();
  const explain = useErrorText();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const files = filesOf(value);
  const write = (next: FileRef[]) => onChange(next.length > 0 ? next : null);
  const upload = async (chosen: File[]) => {
    setBusy(true);
    try {
      const added = await Promise.all(chosen.map((one) => send(ws, one)));
      write([...files, ...added]);
      onDone?.();
    } catch (error) {
      toast(explain(error instanceof Error ? error : null), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className={styles["stack"]}>
      {files.map((file) => (
        <span key={file.id} className={styles["row"]}>
          <span className="cut">{file.name}</span>
          <span className="quiet">{sizeText(file.size)}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`${t("common.remove")} ${file.name}`}
            onClick={() => write(files.filter((one) => one.id !== file.id))}
          />
        </span>
      ))}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={field.type === "image" ? "image/*" : undefined}
        onChange={(event) => void upload([...(event.target.files ?? [])])}
      />
      <Button {...(id ? { id } : {})} icon={<UploadOutlined />} loading={busy} onClick={() => picker.current?.click()}>
        {t("fields.upload")}
      </Button>
    </span>
  );
}

function send(ws: string, file: File): Promise<FileRef> {
  const form = new FormData();
  form.append("file", file);
  return call<FileRef>(`/${ws}/files`, { method: "POST", form });
}
