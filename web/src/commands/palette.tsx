import { useDeferredValue, useState, type KeyboardEvent } from "react";

import { useSearch, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import { Modal, ObjectIcon, SearchOutlined } from "@/ui";

import { useCommands } from "./commands";
import styles from "./palette.module.css";

type Choice = { key: string; name: string; detail?: string | null; icon: React.ReactNode; group: string; run: () => void };

const MOST = 8;

/** Finds records, views and actions, by keyboard from opening to going. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const { choices, waiting } = useChoices(useDeferredValue(q));
  const chosen = choices[Math.min(at, choices.length - 1)];
  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((now) => Math.min(choices.length - 1, Math.max(0, now + step)));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) go(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={600} style={{ top: 96 }} title={t("shell.palette.title")} classNames={{ header: "unseen" }} className={styles["palette"] ?? ""}>
      <div className={styles["line"]}>
        <SearchOutlined aria-hidden="true" />
        <input
          autoFocus
          value={q}
          onChange={(event) => {
            setQ(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          placeholder={t("shell.palette.placeholder")}
          aria-label={t("shell.palette.title")}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-choices"
          aria-activedescendant={chosen ? `palette-${chosen.key}` : undefined}
        />
      </div>
      <div id="palette-choices" role="listbox" aria-label={t("shell.palette.title")} className={styles["choices"]}>
        {choices.map((choice, index) => (
          <ChoiceLine
            key={choice.key}
            choice={choice}
            heading={choice.group !== choices[index - 1]?.group}
            active={choice === chosen}
            onPoint={() => setAt(index)}
            onGo={() => go(choice)}
          />
        ))}
      </div>
      {choices.length === 0 && !waiting && <p className={styles["nothing"]}>{t("shell.palette.nothing", { q })}</p>}
      <p className={styles["hint"]}>{t("shell.palette.hint")}</p>
    </Modal>
  );
}

type LineProps = { choice: Choice; heading: boolean; active: boolean; onPoint: () => void; onGo: () => void };

function ChoiceLine({ choice, heading, active, onPoint, onGo }: LineProps) {
  return (
    <>
      {heading && (
        <div role="presentation" className={styles["group"]}>
          {choice.group}
        </div>
      )}
      <button
        type="button"
        id={`palette-${choice.key}`}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className={active ? styles["active"] : styles["choice"]}
        onPointerMove={onPoint}
        onClick={onGo}
        ref={(line) => {
          if (active) line?.scrollIntoView?.({ block: "nearest" });
        }}
      >
        {choice.icon}
        <span className="cut">{choice.name}</span>
        {choice.detail && <span className={`${styles["detail"]} cut`}>{choice.detail}</span>}
      </button>
    </>
  );
}

function useChoices(q: string): { choices: Choice[]; waiting: boolean } {
  const { t } = useText();
  const { object } = useWorkspace();
  const { openRecord } = usePanels();
  const commands = useCommands();
  const found = useSearch(q);
  const records = (found.data?.groups ?? []).flatMap((group) =>
    group.items.slice(0, MOST).map((item) => ({
      key: `${group.object}:${item.id}`,
      name: item.title,
      detail: item.subtitle,
      icon: <ObjectIcon name={object(group.object)?.icon ?? "file"} />,
      group: t("shell.palette.records"),
      run: () => openRecord(group.object, item.id),
    })),
  );
  const words = q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = commands.filter((one) => words.every((word) => one.name.toLowerCase().includes(word)));
  const named = (group: "views" | "actions", most: number) =>
    fitting.filter((one) => one.group === group).slice(0, most).map((one) => ({ ...one, group: t(`shell.palette.${group}`) }));
  const rest = q ? [...named("views", MOST), ...named("actions", MOST)] : [...named("actions", 20), ...named("views", MOST)];
  return { choices: q ? [...records, ...rest] : rest, waiting: found.isFetching };
}
