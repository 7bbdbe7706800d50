import { asText } from "@/api";
import { Input } from "@/ui";

import type { InputProps } from "../contract";

export function LongTextInput({ value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  return (
    <Input.TextArea
      {...(id ? { id } : {})}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value || null)}
      onBlur={onDone}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onDone?.();
      }}
      autoFocus={autoFocus ?? false}
      autoSize={{ minRows: 2, maxRows: 12 }}
      status={problem ? "error" : ""}
    />
  );
}
