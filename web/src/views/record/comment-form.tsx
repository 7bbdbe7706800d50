import { useDeferredValue, useState } from "react";

import { asText, useComment, useList, type ObjectDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Avatar, Button, Mentions, toast, useErrorText } from "@/ui";

import styles from "./record.module.css";

/** A word to colleagues; @ tells them. */
export function CommentForm({ def, row }: { def: ObjectDef; row: Row }) {
  const { t } = useText();
  const comment = useComment(def.key, row.id);
  const explain = useErrorText();
  const [text, setText] = useState("");
  const [named, setNamed] = useState<Map<string, string>>(new Map());
  const [q, setQ] = useState("");
  const members = useList("member", { q: useDeferredValue(q), limit: 10 });
  const found = (members.data?.pages[0]?.items ?? []).map((member) => ({ id: member.id, name: asText(member["name"]) }));
  // Until the answer to what was typed is here, only those of the last answer that fit are offered.
  const people = members.isPlaceholderData ? found.filter(({ name }) => name.includes(q)) : found;
  const send = () => {
    if (!text.trim()) return;
    const mentions = [...named].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id);
    comment.mutate(
      { text: text.trim(), mentions },
      {
        onSuccess: () => {
          setText("");
          setNamed(new Map());
        },
        onError: (error) => toast(explain(error), { tone: "bad" }),
      },
    );
  };
  return (
    <>
      <Mentions
        value={text}
        onChange={setText}
        onSearch={setQ}
        onSelect={({ value }) => {
          const chosen = people.find(({ name }) => name === value);
          if (chosen) setNamed((now) => new Map(now).set(chosen.name, chosen.id));
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
        options={people.map(({ id, name }) => ({
          key: id,
          value: name,
          label: (
            <span className={styles["mention"]}>
              <Avatar name={name} id={id} size={20} /> {name}
            </span>
          ),
        }))}
        filterOption={false}
        autoSize={{ minRows: 2, maxRows: 10 }}
        placeholder={t("record.commentHint")}
        aria-label={t("record.comment")}
      />
      <div className={styles["composerRow"]}>
        <Button type="primary" onClick={send} loading={comment.isPending} disabled={!text.trim()}>
          {t("record.send")}
        </Button>
      </div>
    </>
  );
}
