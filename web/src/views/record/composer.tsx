import { useState } from "react";

import { useWorkspace, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Segmented } from "@/ui";

import { CommentForm } from "./comment-form";
import { followUpField, FollowUpForm } from "./follow-up-form";
import styles from "./record.module.css";

/** Writes at the top of the timeline: what was done with the customer, or a word to colleagues. */
export function Composer({ def, row }: { def: ObjectDef; row: Row }) {
  const { t } = useText();
  const { object } = useWorkspace();
  const activity = object("activity");
  const link = activity?.rights.create ? followUpField(activity, def.key) : undefined;
  const canComment = def.traits.includes("commented");
  const [mode, setMode] = useState<"follow" | "comment">(link ? "follow" : "comment");
  if (!link && !canComment) return null;
  return (
    <div className={styles["composer"]}>
      {link && canComment && (
        <Segmented<"follow" | "comment">
          size="small"
          value={mode}
          onChange={setMode}
          options={[
            { value: "follow", label: t("record.followUp") },
            { value: "comment", label: t("record.comment") },
          ]}
        />
      )}
      {mode === "follow" && activity && link ? (
        <FollowUpForm def={def} row={row} activity={activity} link={link} />
      ) : (
        <CommentForm def={def} row={row} />
      )}
    </div>
  );
}
