import { useCallback, useRef, useState } from "react";

import { useText } from "@/i18n/use-text";
import { useHandoffs } from "@/relay";

import { keyOf, type Todo } from "./api";
import { FirstSteps } from "./first-steps";
import styles from "./home.module.css";
import { TodoRow } from "./todo-row";
import { useWalk } from "./use-walk";

type Props = {
  todo: Todo[];
  total: number;
  /** More follows below, so that having nothing to do takes little room. */
  compact?: boolean;
};

/** 现在要做: one list in the order of urgency. A row leaves as soon as it is done. */
export function TodoList({ todo, total, compact = false }: Props) {
  const { t } = useText();
  const list = useRef<HTMLUListElement>(null);
  const { gone, leave, back } = useGone();
  const incoming = useHandoffs("in", ["offered"]);
  const rows = todo.filter((one) => !gone.has(keyOf(one)));
  const left = total - (todo.length - rows.length);
  useWalk(list);
  return (
    <section className={styles["block"]} aria-labelledby="todo">
      <header className={styles["blockHead"]}>
        <h2 id="todo">{t("home.todo")}</h2>
        {left > 0 && <span className={styles["count"]}>{left}</span>}
        {rows.length > 0 && <span className={styles["keys"]}>{t("home.keys")}</span>}
      </header>
      {rows.length === 0 ? (
        <FirstSteps compact={compact} />
      ) : (
        <ul ref={list} className={styles["rows"]}>
          {rows.map((one) => (
            <TodoRow
              key={keyOf(one)}
              todo={one}
              handoff={incoming.data?.items.find((each) => each.id === one.handoff)}
              onDone={() => leave(keyOf(one))}
              onUndone={() => back(keyOf(one))}
            />
          ))}
        </ul>
      )}
      {left > rows.length && <p className="quiet">{t("home.more", { count: left - rows.length })}</p>}
    </section>
  );
}

/** What was done here is off the list at once, whatever the next answer of the server still says. */
function useGone() {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const leave = useCallback((key: string) => setGone((now) => new Set(now).add(key)), []);
  const back = useCallback((key: string) => setGone((now) => new Set([...now].filter((one) => one !== key))), []);
  return { gone, leave, back };
}
