import type { ReactNode } from "react";

import styles from "./toggle.module.css";

type Props<T extends string> = {
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: string; icon?: ReactNode }[];
  label: string;
  /** Only the icons, where room is short. */
  bare?: boolean;
};

/** Two or three ways to see the same thing. */
export function Toggle<T extends string>({ value, onChange, options, label, bare = false }: Props<T>) {
  return (
    <div className={styles["toggle"]} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          className={styles["option"]}
          onClick={() => onChange(option.value)}
          title={option.label}
        >
          {option.icon}
          <span className={bare ? "unseen" : undefined}>{option.label}</span>
        </button>
      ))}
    </div>
  );
}
