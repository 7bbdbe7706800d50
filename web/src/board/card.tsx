import { useDraggable } from "@dnd-kit/core";
import { memo, useEffect, useRef, type RefObject } from "react";

import { asText, type ObjectDef, type ProcessDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { EllipsisOutlined, Menu, type MenuItem } from "@/ui";

import styles from "./board.module.css";
import { CardFace, type Waiting } from "./card-face";

type Props = {
  def: ObjectDef;
  process: ProcessDef;
  row: Row;
  waiting: Waiting | undefined;
  first: boolean;
  /** The card that has the focus wherever it is drawn. */
  followed: RefObject<string | null>;
  choices: (row: Row) => MenuItem[];
  onChoose: (row: Row, to: string) => void;
  onOpen: (row: Row) => void;
};

/** A card that can be dragged, or moved by its menu. One stop of the Tab key per column; arrows walk on. */
export const BoardCard = memo(function BoardCard({ def, process, row, waiting, first, followed, choices, onChoose, onOpen }: Props) {
  const { t } = useText();
  const name = asText(row[def.title]) || row.id;
  const drag = useDraggable({ id: row.id, data: { row, name }, attributes: { roleDescription: t("board.card") } });
  const menu = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (followed.current === row.id) card.current?.focus();
  }, [followed, row.id]);
  const { "aria-roledescription": description, "aria-describedby": describedby } = drag.attributes;
  return (
    <div
      ref={(node) => {
        card.current = node;
        drag.setNodeRef(node);
        drag.setActivatorNodeRef(node);
      }}
      className={`${styles["card"]} ${drag.isDragging ? styles["dragged"] : ""}`}
      data-card={row.id}
      role="group"
      aria-roledescription={description}
      aria-describedby={describedby}
      aria-label={name}
      // The card itself is lifted by keys.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={first ? 0 : -1}
      {...drag.listeners}
      onDragStart={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && !drag.isDragging) {
          if (event.key === "Enter") onOpen(row);
          else if (event.key === "m") menu.current?.click();
        }
        drag.listeners?.["onKeyDown"]?.(event);
      }}
    >
      <CardFace def={def} process={process} row={row} waiting={waiting} />
      <Menu items={choices(row)} onChoose={(to) => onChoose(row, to)} label={t("board.moveCard", { name })} placement="bottomRight">
        <button ref={menu} type="button" className={styles["more"]} tabIndex={-1} aria-label={t("board.moveCard", { name })}>
          <EllipsisOutlined aria-hidden="true" />
        </button>
      </Menu>
    </div>
  );
});
