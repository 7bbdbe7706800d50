import { useState } from "react";

import { useSave, useWorkspace, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { AnswerButtons, useFlow, type Handoff } from "@/relay";
import { QuickMove } from "@/relay/quick-move";
import { usePanels } from "@/shell/panels";
import { Button, CheckOutlined, CommentOutlined, RightOutlined, SendOutlined, toast, useErrorText } from "@/ui";

import type { Todo } from "./api";
import styles from "./home.module.css";

type Props = { todo: Todo; handoff: Handoff | undefined; title: string; onDone: () => void; onUndone: () => void };

/** The one thing that gets this row done. */
export function TodoAction(props: Props) {
  const { todo, handoff, onDone } = props;
  const answers = todo.kind === "handoff" && handoff;
  return (
    <span className={answers ? `${styles["action"]} ${styles["wide"]}` : styles["action"]}>
      {answers ? <AnswerButtons handoff={handoff} onDone={onDone} /> : <Other {...props} />}
    </span>
  );
}

function Other(props: Props) {
  switch (props.todo.kind) {
    case "task":
      return <DoneButton {...props} />;
    case "assign":
    case "returned":
      return <HandOverButton {...props} />;
    case "overdue":
    case "due":
      return <QuickMove object={props.todo.object} id={props.todo.record.id} />;
    case "follow_up":
      return <FollowUpButton {...props} />;
    default:
      return <OpenButton {...props} />;
  }
}

/** Done at once, and taken back as easily. */
function DoneButton({ todo, title, onDone, onUndone }: Props) {
  const { t } = useText();
  const explain = useErrorText();
  const save = useSave(todo.object);
  const write = (status: string) => save.mutateAsync({ id: todo.record.id, values: { status } });
  const undo = () => {
    onUndone();
    void write("open").catch((error: Error) => toast(explain(error), { tone: "bad" }));
  };
  const done = () => {
    onDone();
    write("done").then(
      () => toast(t("home.taskDone", { title }), { tone: "good", undo }),
      (error: Error) => {
        onUndone();
        toast(explain(error), { tone: "bad" });
      },
    );
  };
  return (
    <Button icon={<CheckOutlined aria-hidden="true" />} onClick={done}>
      {t("common.done")}
    </Button>
  );
}

function HandOverButton({ todo }: Props) {
  const { t } = useText();
  const flow = useFlow(todo.object);
  const row: Row = { id: todo.record.id };
  return (
    <>
      <Button icon={<SendOutlined aria-hidden="true" />} onClick={() => flow.handOver(row)}>
        {t("relay.handOver")}
      </Button>
      {flow.sheet}
    </>
  );
}

/** Writes down what was said; the new date it asks for takes the row off the list. */
function FollowUpButton({ todo, title }: Props) {
  const { t } = useText();
  const { object } = useWorkspace();
  const { startCreate, openRecord } = usePanels();
  const activity = object("activity");
  const about = activity?.fields.find((field) => field.key === todo.object);
  const write = () => {
    if (about) startCreate("activity", { [about.key]: { id: todo.record.id, title } });
    else openRecord(todo.object, todo.record.id);
  };
  return (
    <Button icon={<CommentOutlined aria-hidden="true" />} onClick={write}>
      {t("home.followUp")}
    </Button>
  );
}

function OpenButton({ todo, onDone }: Props) {
  const { t } = useText();
  const { openRecord } = usePanels();
  const [opened, setOpened] = useState(false);
  const open = () => {
    openRecord(todo.object, todo.record.id);
    if (todo.kind === "mention") setOpened(true);
  };
  if (opened) {
    return (
      <Button icon={<CheckOutlined aria-hidden="true" />} onClick={onDone}>
        {t("common.done")}
      </Button>
    );
  }
  return (
    <Button icon={<RightOutlined aria-hidden="true" />} iconPlacement="end" onClick={open}>
      {t("home.open")}
    </Button>
  );
}
