import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";

import { useWorkspace, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { usePanels } from "@/shell/panels";
import {
  Bone,
  Button,
  ColumnWidthOutlined,
  DownloadOutlined,
  Menu,
  EllipsisOutlined,
  PlusOutlined,
  Pop,
  ProjectOutlined,
  SearchField,
  TableOutlined,
  Toggle,
  UploadOutlined,
  usePhone,
} from "@/ui";

import { useListChange, type ListState } from "./list-state";
import styles from "./list.module.css";

const ExportDialog = lazy(() => import("./export-dialog").then((m) => ({ default: m.ExportDialog })));
const ColumnsPop = lazy(() => import("./columns-pop").then((m) => ({ default: m.ColumnsPop })));

type Props = { def: ObjectDef; state: ListState; total: number | undefined };

export function Toolbar({ def, state, total }: Props) {
  const { t, label } = useText();
  const { process } = useWorkspace();
  const { startCreate } = usePanels();
  const change = useListChange();
  const phone = usePhone();
  return (
    <div className={styles["toolbar"]}>
      <h1 className={styles["title"]}>{label(def.plural ?? def.label)}</h1>
      <SearchBox q={state.q} onChange={(q) => change({ q: q || undefined })} name={label(def.plural ?? def.label)} />
      <div className={styles["tools"]}>
        {process(def.key) && (
          <Toggle<"table" | "board">
            value={state.as}
            onChange={(as) => change({ as: as === "table" ? undefined : as })}
            label={t("list.shape")}
            bare={phone}
            options={[
              { value: "table", label: t("list.table"), icon: <TableOutlined aria-hidden="true" /> },
              { value: "board", label: t("list.board"), icon: <ProjectOutlined aria-hidden="true" /> },
            ]}
          />
        )}
        {state.as === "table" && !phone && (
          <Pop
            placement="bottomRight"
            title={t("list.columns")}
            content={
              <Suspense fallback={<Bone width={240} height={200} />}>
                <ColumnsPop def={def} columns={state.columns} onChange={(columns) => change({ columns })} />
              </Suspense>
            }
          >
            <Button type="text" icon={<ColumnWidthOutlined />}>
              {t("list.columns")}
            </Button>
          </Pop>
        )}
        <More def={def} state={state} total={total} />
        {def.rights.create && !phone && (
          <Button icon={<PlusOutlined />} onClick={() => startCreate(def.key)}>
            {t("shell.newOf", { object: label(def.label) })}
          </Button>
        )}
      </div>
    </div>
  );
}

function More({ def, state, total }: Props) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const navigate = useNavigate();
  const [exporting, setExporting] = useState(false);
  const items = [
    ...(def.rights.import
      ? [{ key: "import", label: t("list.importOf", { object: label(def.label) }), icon: <UploadOutlined aria-hidden="true" /> }]
      : []),
    ...(def.rights.export ? [{ key: "export", label: t("list.export"), icon: <DownloadOutlined aria-hidden="true" /> }] : []),
  ];
  if (items.length === 0) return null;
  const choose = (key: string) => {
    if (key === "export") setExporting(true);
    else void navigate({ to: "/w/$ws/import/$object", params: { ws, object: def.key } });
  };
  return (
    <>
      <Menu items={items} onChoose={choose} label={t("common.more")} placement="bottomRight">
        <Button type="text" icon={<EllipsisOutlined />} aria-label={t("common.more")} />
      </Menu>
      {exporting && (
        <Suspense fallback={null}>
          <ExportDialog def={def} where={state.asked} columns={state.columns} total={total} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </>
  );
}

const PAUSE = 250;

function SearchBox({ q, onChange, name }: { q: string; onChange: (q: string) => void; name: string }) {
  const { t } = useText();
  const [text, setText] = useState(q);
  const [seen, setSeen] = useState(q);
  if (seen !== q) {
    setSeen(q);
    setText(q);
  }
  useEffect(() => {
    if (text === q) return undefined;
    const timer = window.setTimeout(() => onChange(text), PAUSE);
    return () => window.clearTimeout(timer);
  }, [text, q, onChange]);
  return (
    <SearchField className={styles["search"]} value={text} onChange={setText} label={t("list.searchIn", { object: name })} />
  );
}
