import type { ReactNode } from "react";

import styles from "./check.module.css";

type Props = {
  checked: boolean;
  /** `stretch`: with the shift key, which means everything up to here. */
  onChange: (checked: boolean, stretch: boolean) => void;
  /** Neither all nor none. */
  some?: boolean;
  disabled?: boolean;
  className?: string;
  /** Where no words stand beside it. */
  label?: string;
  children?: ReactNode;
};

/** The browser's own checkbox in our colours. */
export function Check({ checked, onChange, some = false, disabled = false, className, label, children }: Props) {
  const box = (
    <input
      ref={(input) => {
        if (input) input.indeterminate = some;
      }}
      type="checkbox"
      className={styles["box"]}
      checked={checked}
      disabled={disabled}
      onChange={({ target, nativeEvent }) => onChange(target.checked, "shiftKey" in nativeEvent && nativeEvent.shiftKey === true)}
      aria-label={label}
    />
  );
  if (children === undefined) return box;
  return (
    <label className={`${styles["check"]} ${className ?? ""}`}>
      {box}
      <span>{children}</span>
    </label>
  );
}
