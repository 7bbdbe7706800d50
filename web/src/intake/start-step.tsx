import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useWorkspace, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { DownloadOutlined, ErrorState, useErrorText } from "@/ui";

import { templateAddress, useImports, useUploadImport } from "./api";
import { DropArea } from "./drop-area";
import { RecentImports } from "./recent-imports";
import styles from "./start.module.css";
import { WizardFrame } from "./wizard-frame";

/** Nothing is chosen yet: drop a file, paste cells, or open an import of before. */
export function StartStep({ def }: { def: ObjectDef }) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const explain = useErrorText();
  const navigate = useNavigate();
  const upload = useUploadImport(def.key);
  const recent = useImports();
  const [name, setName] = useState("");
  const take = (file: File) => {
    setName(file.name);
    upload.mutate(file, {
      onSuccess: (run) =>
        void navigate({ to: "/w/$ws/import/$object", params: { ws, object: def.key }, search: { id: run.id } }),
    });
  };
  return (
    <WizardFrame def={def} step="file">
      {upload.error && (
        <p className={styles["problem"]} role="alert">
          {explain(upload.error)}
        </p>
      )}
      <DropArea busy={upload.isPending ? name : undefined} onFile={take} />
      <p className={styles["hint"]}>
        <a href={templateAddress(ws, def.key)} download>
          <DownloadOutlined aria-hidden="true" /> {t("intake.template", { object: label(def.label) })}
        </a>
        <span className="quiet">{t("intake.templateText")}</span>
      </p>
      {recent.error ? (
        <ErrorState error={recent.error} onRetry={() => void recent.refetch()} compact />
      ) : (
        <RecentImports runs={recent.data?.items} />
      )}
    </WizardFrame>
  );
}
