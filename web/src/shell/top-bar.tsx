import { lazy, Suspense, useEffect, useState } from "react";

import { useText } from "@/i18n/use-text";
import { SearchOutlined, usePhone } from "@/ui";

import { CreateMenu } from "./create-menu";
import { NotificationBell } from "./notification-bell";
import { PersonMenu } from "./person-menu";
import styles from "./shell.module.css";

const Palette = lazy(() => import("@/commands/palette").then((module) => ({ default: module.Palette })));

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar() {
  const { t } = useText();
  const phone = usePhone();
  const [searching, setSearching] = usePaletteKey();
  return (
    <header className={styles["top"]}>
      <button type="button" className={styles["search"]} onClick={() => setSearching(true)} aria-haspopup="dialog">
        <SearchOutlined aria-hidden="true" />
        <span className="cut">{t("shell.searchHint")}</span>
        {!phone && <kbd>{APPLE ? "⌘ K" : "Ctrl K"}</kbd>}
      </button>
      <div className={styles["tools"]}>
        {!phone && <CreateMenu />}
        <NotificationBell />
        {!phone && <PersonMenu />}
      </div>
      {searching && (
        <Suspense fallback={null}>
          <Palette onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </header>
  );
}

function usePaletteKey() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        setOpen((now) => !now);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return [open, setOpen] as const;
}
