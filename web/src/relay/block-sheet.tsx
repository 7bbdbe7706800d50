import { useState } from "react";

import { useText } from "@/i18n/use-text";
import { Button, Input, useErrorText } from "@/ui";

import { useBlock } from "./api";
import { Part } from "./part";
import styles from "./relay.module.css";
import { Foot, Sheet } from "./sheet";

type Props = { object: string; id: string; onClose: () => void };

const LONGEST = 200;

/** What keeps the record from going on, in a sentence that the others will read. */
export function BlockSheet({ object, id, onClose }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const block = useBlock(object, id);
  const [reason, setReason] = useState("");
  const mark = () => {
    if (reason.trim()) block.mutate(reason.trim(), { onSuccess: onClose });
  };
  return (
    <Sheet
      title={t("relay.block")}
      lead={t("relay.blockLead")}
      onClose={onClose}
    >
      <Part title={t("relay.blockedBy")}>
        <Input.TextArea
          autoFocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t("relay.blockHint")}
          aria-label={t("relay.blockedBy")}
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={LONGEST}
          showCount
        />
      </Part>
      {block.error && (
        <p className={styles["problem"]} role="alert">
          {explain(block.error)}
        </p>
      )}
      <Foot>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={mark} loading={block.isPending} disabled={!reason.trim()}>
          {t("relay.block")}
        </Button>
      </Foot>
    </Sheet>
  );
}
