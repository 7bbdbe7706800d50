import { asText, isObject, type JsonObject } from "@/api";
import { useText } from "@/i18n/use-text";
import { Input } from "@/ui";

import type { InputProps } from "../contract";
import styles from "./address.module.css";
import { PARTS } from "./address";

export function AddressInput({ value, onChange, onDone, id, autoFocus, problem }: InputProps) {
  const { t } = useText();
  const address: JsonObject = isObject(value) ? value : {};
  const write = (part: string, text: string) => {
    const next = { ...address, [part]: text };
    onChange(PARTS.some((one) => asText(next[one])) ? next : null);
  };
  return (
    <div
      className={styles["parts"]}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onDone?.();
      }}
    >
      {PARTS.map((part, index) => (
        <Input
          key={part}
          {...(index === 0 && id ? { id } : {})}
          value={asText(address[part])}
          onChange={(event) => write(part, event.target.value)}
          placeholder={t(`fields.address.${part}`)}
          aria-label={t(`fields.address.${part}`)}
          autoFocus={index === 0 && (autoFocus ?? false)}
          status={problem ? "error" : ""}
        />
      ))}
    </div>
  );
}
