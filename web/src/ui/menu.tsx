import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

import styles from "./menu.module.css";
import { Pop } from "./pop";

export type MenuItem = {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  detail?: ReactNode;
  tone?: "danger";
  disabled?: boolean;
  /** Draws a line above it. */
  apart?: boolean;
};

type Props = {
  items: MenuItem[];
  onChoose: (key: string) => void;
  label: string;
  placement?: "bottomLeft" | "bottomRight" | "topLeft";
  /** The button that opens it. */
  children: ReactNode;
};

/** A list of actions behind a button; on the phone a sheet from below. */
export function Menu({ items, onChoose, label, placement = "bottomLeft", children }: Props) {
  return (
    <Pop
      placement={placement}
      padded={false}
      title={label}
      content={(close) => (
        <MenuList
          items={items}
          label={label}
          onChoose={(key) => {
            close();
            onChoose(key);
          }}
          onClose={close}
        />
      )}
    >
      {children}
    </Pop>
  );
}

type ListProps = Pick<Props, "items" | "onChoose" | "label"> & { onClose: () => void };

function MenuList({ items, onChoose, label, onClose }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus({ preventScroll: true });
  }, []);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") onClose();
    else if (step !== 0) moveFocus(list.current, step);
    else return;
    event.preventDefault();
  };
  return (
    <div role="menu" aria-label={label} className={styles["menu"]} ref={list} onKeyDown={walk} tabIndex={-1}>
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          disabled={item.disabled}
          className={`${styles["item"]} ${item.tone ? styles[item.tone] : ""} ${item.apart ? styles["apart"] : ""}`}
          onClick={() => onChoose(item.key)}
        >
          {item.icon}
          <span className="cut">{item.label}</span>
          {item.detail && <span className={styles["detail"]}>{item.detail}</span>}
        </button>
      ))}
    </div>
  );
}

function moveFocus(list: HTMLElement | null, step: number): void {
  const buttons = [...(list?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
