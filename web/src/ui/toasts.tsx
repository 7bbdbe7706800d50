import { useEffect, useSyncExternalStore } from "react";

import { useText } from "@/i18n/use-text";

import { CloseOutlined, UndoOutlined } from "./icons";
import { dismiss, hold, release, snapshot, subscribe, undoLast, type Toast } from "./toast-store";
import styles from "./toasts.module.css";

/** Stands once in the page; `toast()` reaches it from anywhere. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, snapshot);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
      if (!typing && event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && undoLast()) {
        event.preventDefault();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <div className={styles["toasts"]} role="region" aria-live="polite" aria-atomic="false">
      {toasts.map((one) => (
        <ToastLine key={one.id} toast={one} />
      ))}
    </div>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const { t } = useText();
  const undo = () => {
    dismiss(toast.id);
    toast.undo?.();
  };
  if (toast.stage === "folded") {
    return (
      <button type="button" className={styles["folded"]} onClick={undo} title={toast.text}>
        <UndoOutlined aria-hidden="true" /> {t("common.undo")}
      </button>
    );
  }
  return (
    <div
      className={`${styles["toast"]} ${styles[toast.tone]}`}
      role={toast.tone === "bad" ? "alert" : "status"}
      onPointerEnter={() => hold(toast.id)}
      onPointerLeave={() => release(toast)}
    >
      <span className={styles["text"]}>{toast.text}</span>
      {toast.undo && (
        <button type="button" className={styles["undo"]} onClick={undo}>
          {t("common.undo")}
        </button>
      )}
      <button type="button" className={styles["close"]} onClick={() => dismiss(toast.id)} aria-label={t("common.close")}>
        <CloseOutlined aria-hidden="true" />
      </button>
    </div>
  );
}
