import dayjs from "dayjs";
import { useState } from "react";

import { useText } from "@/i18n/use-text";
import { AutoComplete, relativeTime, useNow } from "@/ui";

import { readWhen } from "./when";

type Props = { value: string | null; onChange: (at: string | null) => void; label: string };

/** A moment in words; shows at once how they are understood. */
export function WhenInput({ value, onChange, label }: Props) {
  const { t } = useText();
  const now = useNow();
  const [text, setText] = useState("");
  const understood = readWhen(text);
  const shown = (at: string) => `${dayjs(at).format("YYYY-MM-DD HH:mm")} · ${relativeTime(t, at, now)}`;
  const offers = text.trim()
    ? understood
      ? [{ value: understood.toISOString(), label: shown(understood.toISOString()) }]
      : []
    : SUGGESTED.map((key) => ({ key, at: readWhen(t(`record.when.${key}`)) })).flatMap(({ key, at }) =>
        at ? [{ value: at.toISOString(), label: `${t(`record.when.${key}`)} · ${at.format("MM-DD HH:mm")}` }] : [],
      );
  const settle = () => {
    if (!text.trim()) onChange(null);
    else if (understood) take(understood.toISOString());
  };
  const take = (at: string) => {
    onChange(at);
    setText(dayjs(at).format("YYYY-MM-DD HH:mm"));
  };
  return (
    <AutoComplete
      value={value === null && text === "" ? "" : text}
      onChange={(next: string) => setText(next)}
      onSelect={take}
      onBlur={settle}
      options={offers}
      placeholder={t("record.when.hint")}
      aria-label={label}
      allowClear
      status={text.trim() && !understood ? "warning" : ""}
      style={{ width: "100%" }}
    />
  );
}

const SUGGESTED = ["tomorrow", "inThreeDays", "nextMonday", "inTwoWeeks"] as const;
