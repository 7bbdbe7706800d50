import { useState } from "react";

import { useFiles, useWorkspace, type FieldDef, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, DownOutlined, RightOutlined } from "@/ui";

import { packageFields } from "./moves";
import { PackageView } from "./package-view";
import styles from "./relay.module.css";
import type { Package } from "./types";
import type { Known } from "./use-handover";

type Props = { known: Known; values: Values; message: string };

/** What the receiver will see, before it is sent. */
export function Preview({ known, values, message }: Props) {
  const { t } = useText();
  const { blueprint } = useWorkspace();
  const [shown, setShown] = useState(false);
  const content = usePackage(known, values);
  return (
    <div className={styles["preview"]}>
      <Button
        type="text"
        size="small"
        icon={shown ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        onClick={() => setShown(!shown)}
        aria-expanded={shown}
      >
        {t("relay.preview")}
      </Button>
      {shown && (
        <PackageView object={known.def.key} content={content} message={message.trim() || null} from={blueprint.me.member.title} />
      )}
    </div>
  );
}

function usePackage({ def, process, row, pieces }: Known, values: Values): Package {
  const files = useFiles(def.key, row.id);
  const filled = { ...row, ...values };
  const find = (key: string): FieldDef | undefined => def.fields.find((field) => field.key === key);
  return {
    fields: packageFields(def, process, filled).flatMap((key) => {
      const field = find(key);
      return field ? [{ key, label: field.label, value: filled[key] ?? null }] : [];
    }),
    deliverables: pieces.map(({ key, label, done }) => ({ key, label, done })),
    files: files.data?.items ?? [],
  };
}
