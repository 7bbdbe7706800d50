import { useEffect, useId, useRef, useState, type ClipboardEvent, type DragEvent } from "react";

import { useText } from "@/i18n/use-text";
import { Button, Spin, UploadOutlined, toast, usePhone } from "@/ui";

import { pastedFile } from "./pasted-file";
import styles from "./start.module.css";

const KINDS = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";

type Props = {
  /** The name of the file being read now. */
  busy: string | undefined;
  onFile: (file: File) => void;
};

/** Takes a file by drop, by choice, or as cells copied in Excel and pasted anywhere on the page. */
export function DropArea({ busy, onFile }: Props) {
  const { t } = useText();
  const [over, setOver] = useState(false);
  const phone = usePhone();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  usePaste(onFile, busy === undefined);
  if (busy !== undefined) {
    return (
      <div className={styles["drop"]} role="status">
        <Spin />
        <p>{t("intake.readingFile", { name: busy })}</p>
      </div>
    );
  }
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div
      className={over ? `${styles["drop"]} ${styles["over"]}` : styles["drop"]}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <UploadOutlined className={styles["dropIcon"] ?? ""} aria-hidden="true" />
      <p className={styles["dropTitle"]}>{phone ? t("intake.chooseTitle") : t("intake.dropTitle")}</p>
      <Button type="primary" size="large" onClick={() => input.current?.click()}>
        {t("intake.choose")}
      </Button>
      <label htmlFor={id} className="unseen">
        {t("intake.choose")}
      </label>
      <input
        id={id}
        ref={input}
        type="file"
        accept={KINDS}
        className="unseen"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
      <PasteBox onFile={onFile} />
      <p className="quiet">{t("intake.kinds")}</p>
    </div>
  );
}

/** A place to paste into where no key for it exists, as on the phone. */
function PasteBox({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useText();
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    takePaste(event.clipboardData, onFile, t("intake.pastedName"), t("intake.pasteNothing"));
  };
  return (
    <textarea
      className={styles["paste"]}
      rows={1}
      value=""
      onChange={() => undefined}
      onPaste={paste}
      placeholder={t("intake.pasteHint")}
      aria-label={t("intake.pasteHint")}
    />
  );
}

function usePaste(onFile: (file: File) => void, active: boolean): void {
  const { t } = useText();
  const name = t("intake.pastedName");
  const nothing = t("intake.pasteNothing");
  const take = useRef(onFile);
  useEffect(() => {
    take.current = onFile;
  });
  useEffect(() => {
    if (!active) return undefined;
    const paste = (event: globalThis.ClipboardEvent) => {
      const target = event.target;
      if (target instanceof HTMLElement && target.matches("input, textarea")) return;
      takePaste(event.clipboardData, take.current, name, nothing);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [active, name, nothing]);
}

function takePaste(data: DataTransfer | null, onFile: (file: File) => void, name: string, nothing: string): void {
  const file = data?.files[0] ?? pastedFile(data?.getData("text/plain") ?? "", name);
  if (file) onFile(file);
  else toast(nothing, { tone: "bad" });
}
