import { useText } from "@/i18n/use-text";
import { Input, Select } from "@/ui";

import { hasOptions, NEW_TYPES } from "./draft";
import styles from "./match.module.css";
import type { NewField } from "./types";

/** What the new field is called, what it holds, and for a choice what can be chosen. */
export function NewFieldForm({ field, onChange }: { field: NewField; onChange: (field: NewField) => void }) {
  const { t, language } = useText();
  // One name is enough to begin with; the other language has its own in the studio.
  const rename = (name: string) => onChange({ ...field, label: { zh: name, en: name } });
  return (
    <div className={styles["newField"]}>
      <Input
        value={field.label[language]}
        onChange={(event) => rename(event.target.value)}
        aria-label={t("intake.fieldName")}
        status={field.label[language].trim() ? "" : "error"}
        maxLength={80}
      />
      <Select
        value={field.type}
        onChange={(type) => onChange({ ...field, type })}
        aria-label={t("intake.fieldType")}
        popupMatchSelectWidth={false}
        options={NEW_TYPES.map((type) => ({ value: type, label: t(`intake.types.${type}`) }))}
      />
      {hasOptions(field.type) && (
        <Select
          className={styles["options"] ?? ""}
          mode="tags"
          value={field.options}
          onChange={(options) => onChange({ ...field, options })}
          aria-label={t("intake.fieldOptions")}
          placeholder={t("intake.fieldOptions")}
          maxTagCount={20}
          open={false}
          suffixIcon={null}
        />
      )}
    </div>
  );
}
