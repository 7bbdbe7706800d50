import { Outlet } from "@tanstack/react-router";

import { useWorkspace } from "@/api";
import { useLive } from "@/api/live";
import { useText } from "@/i18n/use-text";
import { usePhone, usePreferences } from "@/ui";
import { QuickCreateProvider } from "@/views/form/quick-create";

import { BottomBar } from "./bottom-bar";
import { PanelHost } from "./panel-host";
import { Rail } from "./rail";
import styles from "./shell.module.css";
import { TopBar } from "./top-bar";

/** What stands around every page of a workspace. */
export function Shell() {
  const { t } = useText();
  const { ws } = useWorkspace();
  const { rail } = usePreferences();
  const phone = usePhone();
  useLive(ws);
  return (
    <div className={`${styles["shell"]} ${rail ? "" : styles["narrow"]}`}>
      <a href="#main" className={styles["skip"]}>
        {t("shell.skip")}
      </a>
      {!phone && <Rail />}
      <TopBar />
      <QuickCreateProvider>
        <main id="main" className={styles["main"]} tabIndex={-1}>
          <Outlet />
        </main>
        {phone && <BottomBar />}
        <PanelHost />
      </QuickCreateProvider>
    </div>
  );
}
