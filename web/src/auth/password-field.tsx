import type { ReactNode } from "react";

import { Input } from "@/ui";

import styles from "./auth.module.css";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem?: string | undefined;
  hint?: ReactNode;
  autoComplete: "current-password" | "new-password";
};

export function PasswordField({ label, value, onChange, problem, hint, autoComplete }: Props) {
  return (
    <label className={styles["field"]}>
      <span>{label}</span>
      <Input.Password
        size="large"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete={autoComplete}
        status={problem ? "error" : ""}
        aria-invalid={Boolean(problem)}
      />
      {problem ? (
        <span className={styles["wrong"]} role="alert">
          {problem}
        </span>
      ) : (
        hint && <small className="quiet">{hint}</small>
      )}
    </label>
  );
}
