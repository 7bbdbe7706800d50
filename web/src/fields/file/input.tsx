import { useRef } from "react";

import { asText, useRemoveFile, useUpload } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, CloseOutlined, toast, UploadOutlined, useErrorText } from "@/ui";

import type { InputProps } from "../contract";
import styles from "../fields.module.css";
import { filesOf, sizeText } from "./files";

/** Sends files at once to the record they belong to; the server enters them in the field. */
export function FileInput({ object, field, value, values, id, onDone }: InputProps) {
  const { t } = useText();
  const record = asText(values?.["id"]);
  const upload = useUpload(object, record);
  const remove = useRemoveFile(object, record);
  const explain = useErrorText();
  const picker = useRef<HTMLInputElement>(null);
  const send = (files: File[]) => {
    for (const file of files) {
      upload.mutate({ file, field: field.key }, {
        onError: (error) => toast(explain(error), { tone: "bad" }),
        onSuccess: () => onDone?.(),
      });
    }
  };
  return (
    <span className={styles["stack"]}>
      {filesOf(values?.[field.key] ?? value).map((file) => (
        <span key={file.id} className={styles["row"]}>
          <span className="cut">{file.name}</span>
          <span className="quiet">{sizeText(file.size)}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`${t("common.remove")} ${file.name}`}
            onClick={() => remove.mutate(file.id, { onSuccess: () => onDone?.() })}
          />
        </span>
      ))}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={field.type === "image" ? "image/*" : undefined}
        onChange={(event) => send([...(event.target.files ?? [])])}
      />
      <Button
        {...(id ? { id } : {})}
        icon={<UploadOutlined />}
        loading={upload.isPending}
        onClick={() => picker.current?.click()}
      >
        {t("fields.upload")}
      </Button>
    </span>
  );
}
