import { lazy, Suspense, useState } from "react";

import { useWorkspace, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Bone, Toggle } from "@/ui";

import { followUpField } from "./follow-up-field";
import styles from "./record.module.css";

const CommentForm = lazy(() => import("./comment-form").then((module) => ({ default: module.CommentForm })));
const FollowUpForm = lazy(() => import("./follow-up-form").then((module) => ({ default: module.FollowUpForm })));

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
        <Toggle<"follow" | "comment">
          value={mode}
          onChange={setMode}
          label={t("record.write")}
          options={[
            { value: "follow", label: t("record.followUp") },
            { value: "comment", label: t("record.comment") },
          ]}
        />
      )}
      <Suspense fallback={<FormSkeleton follow={mode === "follow"} />}>
        {mode === "follow" && activity && link ? (
          <FollowUpForm def={def} row={row} activity={activity} link={link} />
        ) : (
          <CommentForm def={def} row={row} />
        )}
      </Suspense>
    </div>
  );
}

const [TWO_LINES, LINE, BUTTON] = [54, 32, 60];

/** As high as the form that comes, so that nothing below it jumps. */
function FormSkeleton({ follow }: { follow: boolean }) {
  return (
    <>
      <Bone height={TWO_LINES} />
      <div className={styles["composerRow"]}>
        {follow &&
          ["how", "when", "next"].map((part) => (
            <div key={part} className={styles[part]}>
              <Bone height={LINE} />
            </div>
          ))}
        <Bone width={BUTTON} height={LINE} />
      </div>
    </>
  );
}
