import { useState } from "react";

import { useText } from "@/i18n/use-text";
import { Avatar, Button, Input, SearchOutlined, Tag } from "@/ui";

import styles from "./relay.module.css";
import type { Candidate } from "./types";

type Props = { candidates: Candidate[]; best: string | undefined; chosen: string | undefined; onChoose: (id: string) => void };

const FEW = 5;
const SEARCHABLE = 8;
const PROMPT = 0.9;
const LATE = 0.7;

/** Who could take it over, each with what speaks for them; the best suggestion first. */
export function Candidates({ candidates, best, chosen, onChoose }: Props) {
  const { t } = useText();
  const [all, setAll] = useState(false);
  const [q, setQ] = useState("");
  const sorted = [...candidates].sort((a, b) => Number(b.id === best) - Number(a.id === best));
  const fitting = sorted.filter((one) => one.title.toLowerCase().includes(q.trim().toLowerCase()));
  const shown = all || q ? fitting : fitting.filter((one, index) => index < FEW || one.id === chosen);
  return (
    <div className={styles["candidates"]}>
      {candidates.length > SEARCHABLE && (
        <Input
          value={q}
          onChange={(event) => setQ(event.target.value)}
          prefix={<SearchOutlined aria-hidden="true" />}
          placeholder={t("relay.findPerson")}
          aria-label={t("relay.findPerson")}
          allowClear
        />
      )}
      <div role="radiogroup" aria-label={t("relay.toWhom")} className={styles["people"]}>
        {shown.map((one) => (
          <Person key={one.id} candidate={one} best={one.id === best} chosen={one.id === chosen} onChoose={() => onChoose(one.id)} />
        ))}
      </div>
      {shown.length < fitting.length && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t("relay.allPeople", { count: fitting.length })}
        </Button>
      )}
      {fitting.length === 0 && <p className="quiet">{t("relay.nobodyFits")}</p>}
    </div>
  );
}

type PersonProps = { candidate: Candidate; best: boolean; chosen: boolean; onChoose: () => void };

function Person({ candidate, best, chosen, onChoose }: PersonProps) {
  const { t } = useText();
  const { on_time: prompt } = candidate;
  const tone = prompt === null ? "" : prompt >= PROMPT ? styles["prompt"] : prompt < LATE ? styles["late"] : "";
  return (
    <label className={`${styles["person"]} ${chosen ? styles["chosen"] : ""}`}>
      <input type="radio" name="receiver" checked={chosen} onChange={onChoose} />
      <Avatar name={candidate.title} id={candidate.id} size={28} />
      <span className={styles["personText"]}>
        <span className={styles["personName"]}>
          {candidate.title}
          {best && <Tag tone="accent">{t("relay.suggested")}</Tag>}
          {candidate.owner && <Tag>{t("relay.owner")}</Tag>}
        </span>
        <span className={styles["reasons"]}>
          <span>{t("relay.load", { count: candidate.load })}</span>
          <span className={tone}>
            {prompt === null ? t("relay.noOffersYet") : t("relay.onTime", { percent: Math.round(prompt * 100) })}
          </span>
        </span>
      </span>
    </label>
  );
}
