import type { ReactNode } from "react";

import { useSaveAccount, useSignOut } from "@/api";
import { changeLanguage, type Language } from "@/i18n";
import { LANGUAGE_NAMES } from "@/i18n/names";
import { useText } from "@/i18n/use-text";
import { Button, Segmented, setDensity, setTheme, usePreferences, type Density, type Theme } from "@/ui";

import styles from "./shell.module.css";

/** Language, theme and row height. The language is kept with the account, the others with this device. */
export function PreferenceSwitches() {
  const { t, language } = useText();
  const { theme, density } = usePreferences();
  const save = useSaveAccount();
  const speak = (next: Language) => {
    void changeLanguage(next);
    save.mutate({ language: next });
  };
  return (
    <div className={styles["switches"]}>
      <Line name={t("shell.language")}>
        <Segmented<Language>
          value={language}
          onChange={speak}
          options={[
            { value: "zh", label: LANGUAGE_NAMES.zh },
            { value: "en", label: LANGUAGE_NAMES.en },
          ]}
        />
      </Line>
      <Line name={t("shell.theme")}>
        <Segmented<Theme>
          value={theme}
          onChange={setTheme}
          options={[
            { value: "light", label: t("shell.themeLight") },
            { value: "dark", label: t("shell.themeDark") },
            { value: "system", label: t("shell.themeSystem") },
          ]}
        />
      </Line>
      <Line name={t("shell.density")}>
        <Segmented<Density>
          value={density}
          onChange={setDensity}
          options={[
            { value: "comfortable", label: t("shell.comfortable") },
            { value: "compact", label: t("shell.compact") },
          ]}
        />
      </Line>
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles["switch"]} role="group" aria-label={name}>
      <span>{name}</span>
      {children}
    </div>
  );
}

export function SignOutButton() {
  const { t } = useText();
  const signOut = useSignOut();
  return (
    <Button block onClick={() => signOut.mutate()} loading={signOut.isPending}>
      {t("shell.signOut")}
    </Button>
  );
}
