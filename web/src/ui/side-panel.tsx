import { useEffect, useRef, type ReactNode } from "react";

import { useText } from "@/i18n/use-text";

import { CloseOutlined } from "./icons";
import styles from "./side-panel.module.css";

type Props = {
  label: string;
  onClose: () => void;
  /** Beside the close button: full page, next record … */
  tools?: ReactNode;
  title?: ReactNode;
  footer?: ReactNode;
  width?: number;
  children: ReactNode;
};

/** Lies over the page without covering what it came from; on the phone a sheet over everything. Not modal. */
export function SidePanel({ label, onClose, tools, title, footer, width = 760, children }: Props) {
  const { t } = useText();
  const panel = useFocusReturned();
  useEscape(onClose);
  return (
    <section className={styles["panel"]} style={{ width }} role="dialog" aria-label={label} ref={panel} tabIndex={-1}>
      <div className={styles["bar"]}>
        {typeof title === "string" ? <h2 className={styles["title"]}>{title}</h2> : <div className={styles["title"]}>{title}</div>}
        {tools}
        <button type="button" className={styles["close"]} onClick={onClose} aria-label={t("common.close")}>
          <CloseOutlined aria-hidden="true" />
        </button>
      </div>
      <div className={styles["body"]}>{children}</div>
      {footer && <div className={styles["footer"]}>{footer}</div>}
    </section>
  );
}

/** Takes the focus when it opens and gives it back to where it was. */
function useFocusReturned() {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (!panel.current?.contains(before)) panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return panel;
}

/** The panels that are open, the one on top last. */
const open: symbol[] = [];

/** Escape closes the innermost thing only: a menu, a dialog or a panel above this one answers first. */
function useEscape(onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const me = Symbol("panel");
    open.push(me);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || open.at(-1) !== me) return;
      if (document.querySelector(OPEN_ABOVE)) return;
      const target = event.target;
      if (target instanceof HTMLElement && target.matches("input, textarea, select")) target.blur();
      else close.current();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
      open.splice(open.indexOf(me), 1);
    };
  }, []);
}

const OPEN_ABOVE = [
  ".ant-modal-wrap:not([style*='display: none'])",
  ".ant-dropdown:not(.ant-dropdown-hidden)",
  ".ant-popover:not(.ant-popover-hidden)",
  ".ant-select-dropdown:not(.ant-select-dropdown-hidden)",
  ".ant-picker-dropdown:not(.ant-picker-dropdown-hidden)",
].join(",");
