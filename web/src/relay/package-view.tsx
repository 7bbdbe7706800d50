import { useWorkspace, type Json } from "@/api";
import { FieldDisplay, sizeText } from "@/fields";
import { useText } from "@/i18n/use-text";
import { CheckOutlined, CloseOutlined, PaperClipOutlined } from "@/ui";
import { fileAddress } from "@/api/record-parts";

import styles from "./relay.module.css";
import type { Package } from "./types";

type Props = { object: string; content: Package; message: string | null; from?: string };

/** The package as its receiver sees it: the word that came with it, what was delivered, the facts, the files. */
export function PackageView({ object, content, message, from }: Props) {
  const { t } = useText();
  return (
    <div className={styles["package"]}>
      {message && (
        <blockquote className={styles["message"]}>
          {from && <cite>{from}</cite>}
          {message}
        </blockquote>
      )}
      <Delivered items={content.deliverables} />
      <dl className={styles["facts"]}>
        {content.fields.map((fact) => (
          <Fact key={fact.key} object={object} name={fact.key} value={fact.value} />
        ))}
      </dl>
      <Attached files={content.files} />
      {content.fields.length + content.deliverables.length + content.files.length === 0 && (
        <p className="quiet">{t("relay.emptyPackage")}</p>
      )}
    </div>
  );
}

function Delivered({ items }: { items: Package["deliverables"] }) {
  const { t, label } = useText();
  if (items.length === 0) return null;
  return (
    <ul className={styles["delivered"]} aria-label={t("relay.deliverables")}>
      {items.map((one) => (
        <li key={one.key} className={one.done ? styles["isDone"] : styles["isOpen"]}>
          {one.done ? <CheckOutlined aria-hidden="true" /> : <CloseOutlined aria-hidden="true" />}
          <span>{label(one.label)}</span>
          <span className="unseen">{t(one.done ? "relay.delivered" : "relay.notDelivered")}</span>
        </li>
      ))}
    </ul>
  );
}

function Fact({ object, name, value }: { object: string; name: string; value: Json }) {
  const { label } = useText();
  const { field } = useWorkspace();
  const def = field(object, name);
  if (!def) return null;
  return (
    <div className={styles["fact"]}>
      <dt>{label(def.label)}</dt>
      <dd>
        <FieldDisplay object={object} field={def} value={value} />
      </dd>
    </div>
  );
}

function Attached({ files }: { files: Package["files"] }) {
  const { t } = useText();
  const { ws } = useWorkspace();
  if (files.length === 0) return null;
  return (
    <ul className={styles["attached"]} aria-label={t("relay.files")}>
      {files.map((file) => (
        <li key={file.id}>
          <PaperClipOutlined aria-hidden="true" />
          <a href={fileAddress(ws, file.id)} download={file.name} className="cut">
            {file.name}
          </a>
          <span className="quiet">{sizeText(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}
