import { asText } from "@/api";
import { Input } from "@/ui";

import type { InputProps } from "../contract";
import { numberOption } from "../options";

export function TextInput({ field, value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  return (
    <Input
      {...(id ? { id } : {})}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value || null)}
      onBlur={onDone}
      onPressEnter={(event) => {
        if (!event.nativeEvent.isComposing) onDone?.();
      }}
      autoFocus={autoFocus ?? false}
      maxLength={numberOption(field, "max") ?? 500}
      status={problem ? "error" : ""}
      inputMode={MODES[field.type] ?? "text"}
      autoComplete="off"
    />
  );
}

/** Which keys the phone shows. */
const MODES: Record<string, "tel" | "email" | "url" | "text"> = { phone: "tel", email: "email", url: "url" };
