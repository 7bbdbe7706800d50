import { Switch } from "@/ui";

import type { InputProps } from "../contract";

export function BooleanInput({ value, onChange, onDone, id, autoFocus }: InputProps) {
  return (
    <Switch
      style={{ alignSelf: "flex-start" }}
      {...(id ? { id } : {})}
      checked={value === true}
      onChange={(on) => {
        onChange(on);
        onDone?.();
      }}
      autoFocus={autoFocus ?? false}
    />
  );
}
