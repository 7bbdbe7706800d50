import { useText } from "@/i18n/use-text";

import { CloseOutlined, SearchOutlined } from "./icons";
import styles from "./search-field.module.css";

type Props = { value: string; onChange: (text: string) => void; label: string; className?: string | undefined };

/** A plain field for searching; light, because the busiest screens begin with it. */
export function SearchField({ value, onChange, label, className }: Props) {
  const { t } = useText();
  return (
    <span className={`${styles["search"]} ${className ?? ""}`}>
      <SearchOutlined aria-hidden="true" />
      <input
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={label}
        aria-label={label}
        type="text"
        enterKeyHint="search"
        autoComplete="off"
      />
      {value && (
        <button type="button" onClick={() => onChange("")} aria-label={t("common.clear")}>
          <CloseOutlined aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
