import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Menu, ObjectIcon, PlusOutlined } from "@/ui";

import { usePanels } from "./panels";
import styles from "./shell.module.css";

const FIRST = ["lead", "opportunity", "account", "contact", "activity", "task"];
const NEVER = ["member", "department"];

/** Objects the reader may create, the most usual first. */
export function useCreatable() {
  const { blueprint } = useWorkspace();
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  return Object.values(blueprint.objects)
    .filter((def) => def.rights.create && !NEVER.includes(def.key))
    .sort((a, b) => rank(a.key) - rank(b.key));
}

export function CreateMenu({ round = false }: { round?: boolean }) {
  const { t, label } = useText();
  const { startCreate } = usePanels();
  const creatable = useCreatable();
  if (creatable.length === 0) return null;
  const items = creatable.map((def) => ({
    key: def.key,
    icon: <ObjectIcon name={def.icon} />,
    label: label(def.label),
  }));
  return (
    <Menu items={items} onChoose={(key) => startCreate(key)} label={t("shell.new")} placement="bottomRight">
      {round ? (
        <button type="button" className={styles["plus"]} aria-label={t("shell.new")}>
          <PlusOutlined aria-hidden="true" />
        </button>
      ) : (
        <Button type="primary" icon={<PlusOutlined />}>
          {t("shell.new")}
        </Button>
      )}
    </Menu>
  );
}
