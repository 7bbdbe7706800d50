import { useId, useState } from "react";

import { asText, isProblem, type Values } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, Input, Radio, SidePanel, useErrorText } from "@/ui";

import { FieldsForm } from "../fields-form";
import { InviteLink } from "../invite-link";
import styles from "../people.module.css";
import { useAddMember } from "./api";

const FIRST = ["name"];
const REST = ["department", "roles", "title", "manager", "phone", "email"];
const WIDTH = 520;

/** A new person with a login; they set a password by the link, or are told the first one. */
export function AddMember({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const explain = useErrorText();
  const id = useId();
  const add = useAddMember();
  const [values, setValues] = useState<Values>({});
  const [login, setLogin] = useState("");
  const [by, setBy] = useState<"link" | "password">("link");
  const [password, setPassword] = useState("");
  const refusal = isProblem(add.error) ? add.error : null;
  const ready = asText(values["name"]).trim() !== "" && login.trim().length > 1 && (by === "link" || password !== "");
  const send = () => add.mutate({ values, login: login.trim(), ...(by === "password" ? { password } : {}) });
  if (add.data) {
    const name = asText(add.data.member["name"]);
    return (
      <SidePanel label={t("admin.added", { name })} title={t("admin.added", { name })} onClose={onClose} width={WIDTH}>
        <div className={styles["panel"]}>
          {add.data.invite_url ? <InviteLink url={add.data.invite_url} /> : <p>{t("admin.addedWithPassword", { login })}</p>}
        </div>
      </SidePanel>
    );
  }
  return (
    <SidePanel
      label={t("admin.addMember")}
      title={t("admin.addMember")}
      onClose={onClose}
      width={WIDTH}
      footer={
        <Button type="primary" onClick={send} disabled={!ready} loading={add.isPending}>
          {t("admin.addMember")}
        </Button>
      }
    >
      <div className={styles["panel"]}>
        {refusal && (
          <p className={styles["problem"]} role="alert">
            {explain(refusal)}
          </p>
        )}
        <FieldsForm object="member" fields={FIRST} values={values} onChange={setValues} refusal={refusal} />
        <div className={styles["field"]}>
          <label htmlFor={id}>{t("admin.login")}</label>
          <Input
            id={id}
            value={login}
            onChange={(event) => setLogin(event.target.value)}
            autoCapitalize="none"
            autoComplete="off"
            placeholder={t("admin.loginHint")}
            status={refusal?.at("login") ? "error" : ""}
          />
          {refusal?.at("login") && <p className={styles["wrong"]}>{refusal.at("login")}</p>}
        </div>
        <FieldsForm object="member" fields={REST} values={values} onChange={setValues} refusal={refusal} />
        <div className={styles["field"]} role="group" aria-label={t("admin.firstSignIn")}>
          <span>{t("admin.firstSignIn")}</span>
          <Radio.Group value={by} onChange={(event) => setBy(event.target.value === "password" ? "password" : "link")}>
            <Radio value="link">{t("admin.byLink")}</Radio>
            <Radio value="password">{t("admin.byPassword")}</Radio>
          </Radio.Group>
          {by === "password" && (
            <Input.Password
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="new-password"
              aria-label={t("admin.byPassword")}
              placeholder={t("admin.passwordHint")}
            />
          )}
        </div>
      </div>
    </SidePanel>
  );
}
