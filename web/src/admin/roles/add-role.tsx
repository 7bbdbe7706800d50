import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Input, Select, SidePanel, useErrorText } from "@/ui";

import people from "../people.module.css";
import { usePutRole } from "./api";
import { keyOf } from "./draft";
import type { Role, Roles } from "./types";

const WIDTH = 480;
const EMPTY: Role = { label: { zh: "", en: "" }, description: null, rights: [], everything: false, objects: {} };

/** A new role, beginning as another one is or with nothing. */
export function AddRole({ roles, onClose }: { roles: Roles; onClose: () => void }) {
  const { t, label } = useText();
  const { ws } = useWorkspace();
  const navigate = useNavigate();
  const explain = useErrorText();
  const put = usePutRole();
  const [zh, setZh] = useState("");
  const [en, setEn] = useState("");
  const [like, setLike] = useState<string | null>(null);
  const key = keyOf(en, Object.keys(roles.roles));
  const add = () => {
    const base = (like ? roles.roles[like] : undefined) ?? EMPTY;
    const role = { ...base, label: { zh: zh.trim(), en: en.trim() }, everything: false };
    if (!key) return;
    const open = () => void navigate({ to: "/w/$ws/settings/{-$section}", params: { ws, section: "roles" }, search: { role: key } });
    put.mutate({ key, role, version: roles.version, dry: false }, { onSuccess: open });
  };
  return (
    <SidePanel
      label={t("admin.addRole")}
      title={t("admin.addRole")}
      onClose={onClose}
      width={WIDTH}
      footer={
        <Button type="primary" onClick={add} disabled={!zh.trim() || !key} loading={put.isPending}>
          {t("admin.addRole")}
        </Button>
      }
    >
      <div className={people["panel"]}>
        {put.error && (
          <p className={people["problem"]} role="alert">
            {explain(put.error)}
          </p>
        )}
        <label className={people["field"]}>
          <span>{t("admin.nameIn.zh")}</span>
          <Input value={zh} onChange={(event) => setZh(event.target.value)} autoFocus />
        </label>
        <label className={people["field"]}>
          <span>{t("admin.nameIn.en")}</span>
          <Input value={en} onChange={(event) => setEn(event.target.value)} />
          {key && <small className="quiet">{t("admin.keyIs", { key })}</small>}
        </label>
        <label className={people["field"]}>
          <span>{t("admin.like")}</span>
          <Select
            value={like}
            onChange={(next: string | null | undefined) => setLike(next ?? null)}
            placeholder={t("admin.likeNone")}
            allowClear
            options={Object.entries(roles.roles)
              .filter(([, role]) => !role.everything)
              .map(([value, role]) => ({ value, label: label(role.label) }))}
          />
        </label>
      </div>
    </SidePanel>
  );
}
