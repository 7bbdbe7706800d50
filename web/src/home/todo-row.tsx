import { asText, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import type { Handoff } from "@/relay";
import { RecordLink } from "@/shell/record-link";
import { ObjectIcon, Tag, type Tone } from "@/ui";

import type { Kind, Todo } from "./api";
import styles from "./home.module.css";
import { TodoAction } from "./todo-action";

type Props = { todo: Todo; handoff: Handoff | undefined; onDone: () => void; onUndone: () => void };

/** One thing to do: what it is about, why it is here, and the button that does it. */
export function TodoRow({ todo, handoff, onDone, onUndone }: Props) {
  const { t, label } = useText();
  const { object } = useWorkspace();
  const def = object(todo.object);
  const title = asText(todo.record.title) || t("relay.untitled");
  return (
    <li data-row={todo.record.id} className={styles["row"]}>
      <span className={styles["rowIcon"]} title={label(def?.label)}>
        <ObjectIcon name={def?.icon ?? ""} />
      </span>
      <span className={styles["rowText"]}>
        <RecordLink object={todo.object} id={todo.record.id} className={styles["rowName"]}>
          {title}
        </RecordLink>
        <span className={styles["chips"]}>
          <Tag tone={toneOf(todo)}>{label(todo.reason)}</Tag>
          {todo.also.map((one) => (
            <Tag key={one.zh}>{label(one)}</Tag>
          ))}
        </span>
      </span>
      <TodoAction todo={todo} handoff={handoff} title={title} onDone={onDone} onUndone={onUndone} />
    </li>
  );
}

const TONES: Record<Kind, Tone> = {
  handoff: "amber",
  returned: "red",
  overdue: "red",
  due: "amber",
  follow_up: "accent",
  task: "accent",
  assign: "amber",
  mention: "plain",
};

/** Red when it is too late already. */
export function toneOf({ late, kind }: Todo): Tone {
  return late ? "red" : TONES[kind];
}
