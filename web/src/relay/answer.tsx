import { lazy, Suspense, useState } from "react";

import { useText } from "@/i18n/use-text";
import { Button, CheckOutlined, toast, UndoOutlined, useErrorText } from "@/ui";

import { useAnswer } from "./api";
import styles from "./relay.module.css";
import type { Handoff } from "./types";

const ReturnSheet = lazy(() => import("./return-sheet").then((m) => ({ default: m.ReturnSheet })));

type Props = { handoff: Handoff; onDone?: () => void; size?: "small" | "middle" | "large" };

/** 接受 and 退回, for the receiver. */
export function AnswerButtons({ handoff, onDone, size = "middle" }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const answer = useAnswer();
  const [returning, setReturning] = useState(false);
  const accept = () =>
    void answer.mutateAsync({ handoff, answer: { kind: "accept" } }).then(
      () => {
        toast(t("relay.accepted", { name: handoff.record.title ?? "" }), { tone: "good" });
        onDone?.();
      },
      (error: Error) => toast(explain(error), { tone: "bad" }),
    );
  return (
    <span className={styles["answer"]}>
      <Button size={size} onClick={() => setReturning(true)} icon={<UndoOutlined aria-hidden="true" />} disabled={answer.isPending}>
        {t("relay.giveBack")}
      </Button>
      <Button size={size} type="primary" onClick={accept} icon={<CheckOutlined aria-hidden="true" />} loading={answer.isPending}>
        {t("relay.accept")}
      </Button>
      {returning && (
        <Suspense fallback={null}>
          <ReturnSheet handoff={handoff} onClose={() => setReturning(false)} {...(onDone ? { onDone } : {})} />
        </Suspense>
      )}
    </span>
  );
}

/** For the sender, as long as nobody has answered. */
export function WithdrawButton({ handoff, size = "middle" }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const answer = useAnswer();
  const withdraw = () =>
    void answer.mutateAsync({ handoff, answer: { kind: "withdraw" } }).then(
      () => toast(t("relay.withdrawn")),
      (error: Error) => toast(explain(error), { tone: "bad" }),
    );
  return (
    <Button size={size} onClick={withdraw} loading={answer.isPending}>
      {t("relay.withdraw")}
    </Button>
  );
}
