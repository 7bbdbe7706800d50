import { lazy, Suspense, useState } from "react";

import { asText, useTrack, useWorkspace, type ProcessDef, type Row } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, DownOutlined, Menu, RightOutlined, SendOutlined, StopOutlined, toast, useErrorText, usePhone, type MenuItem } from "@/ui";

import { useBlock, useMoves } from "./api";
import { useFlow, type Flow } from "./flow";
import { converts, nextMove, sortMoves, wayOf } from "./moves";
import styles from "./relay.module.css";
import type { Move } from "./types";

const BlockSheet = lazy(() => import("./block-sheet").then((module) => ({ default: module.BlockSheet })));

type Props = { object: string; record: Row };

/** 交棒, 推进阶段 and what else moves a record along: stands in the record's header. */
export function RelayActions({ object, record }: Props) {
  const { process } = useWorkspace();
  const runs = process(object, asText(record["process"]) || undefined);
  return runs ? <Actions object={object} record={record} process={runs} /> : null;
}

function Actions({ object, record, process }: Props & { process: ProcessDef }) {
  const { t } = useText();
  const moves = useMoves(object, record.id);
  const track = useTrack(object, record.id);
  const flow = useFlow(object);
  const known = moves.data?.moves ?? [];
  const stage = asText(record["stage"]);
  const next = nextMove(process, stage, known);
  const waiting = Boolean(track.data?.handoff);
  const handsOn = Boolean(record.can?.handoff) && !waiting;
  const phone = usePhone();
  // There is room for two buttons on the phone.
  const shown = next && !next.handoff && !waiting && !(phone && handsOn) ? next : undefined;
  return (
    <span className={styles["actions"]}>
      {shown && <NextButton object={object} move={shown} row={record} flow={flow} main={!handsOn} />}
      {handsOn && (
        <Button type="primary" size="large" icon={<SendOutlined aria-hidden="true" />} onClick={() => flow.handOver(record)}>
          {t("relay.handOver")}
        </Button>
      )}
      <MovesMenu object={object} record={record} process={process} moves={known} shown={shown} flow={flow} />
      {flow.sheet}
    </span>
  );
}

type NextProps = { object: string; move: Move; row: Row; flow: Flow; main: boolean };

/** The next stage, with how much it still waits for. */
function NextButton({ object, move, row, flow, main }: NextProps) {
  const { t, label } = useText();
  const missing = missingCount(object, move);
  return (
    <Button
      size="large"
      type={main ? "primary" : "default"}
      icon={<RightOutlined aria-hidden="true" />}
      iconPlacement="end"
      loading={flow.busy}
      onClick={() => flow.go(row, move)}
      title={missing > 0 ? t("relay.missingCount", { count: missing }) : undefined}
    >
      {label(move.label)}
      {missing > 0 && <span className={styles["badge"]}>{missing}</span>}
    </Button>
  );
}

type MenuProps = Props & { process: ProcessDef; moves: Move[]; shown: Move | undefined; flow: Flow };

const BLOCK = "+block";
const UNBLOCK = "+unblock";

/** The other ways: onwards, back, out; and the mark of what keeps it from going on. */
function MovesMenu({ object, record, process, moves, shown, flow }: MenuProps) {
  const { t, label } = useText();
  const explain = useErrorText();
  const block = useBlock(object, record.id);
  const [blocking, setBlocking] = useState(false);
  const stage = asText(record["stage"]);
  const others = sortMoves(process, stage, moves).filter((move) => move.allowed && move !== shown);
  const blocked = asText(record["blocked"]);
  const items: MenuItem[] = others.map((move, index) => ({
    key: move.to,
    label: label(move.label),
    detail: detailOf(object, move, t),
    apart: index > 0 && wayOf(process, stage, move.to) !== wayOf(process, stage, others[index - 1]?.to ?? ""),
    ...(wayOf(process, stage, move.to) === "end" ? { tone: "danger" as const } : {}),
  }));
  if (record.can?.update) {
    items.push({
      key: blocked ? UNBLOCK : BLOCK,
      label: t(blocked ? "relay.unblock" : "relay.block"),
      icon: <StopOutlined aria-hidden="true" />,
      apart: items.length > 0,
    });
  }
  if (items.length === 0) return null;
  const choose = (key: string) => {
    const move = others.find((one) => one.to === key);
    if (move) flow.go(record, move);
    else if (key === BLOCK) setBlocking(true);
    else block.mutate(null, { onError: (error) => toast(explain(error), { tone: "bad" }) });
  };
  return (
    <>
      <Menu items={items} onChoose={choose} label={t("relay.moveOn")} placement="bottomRight">
        <Button size="large" icon={<DownOutlined aria-hidden="true" />} iconPlacement="end">
          {t("relay.moveOn")}
        </Button>
      </Menu>
      {blocking && (
        <Suspense fallback={null}>
          <BlockSheet object={object} id={record.id} onClose={() => setBlocking(false)} />
        </Suspense>
      )}
    </>
  );
}

function missingCount(object: string, { kind, missing }: Move): number {
  return converts(object, kind) ? 0 : missing.fields.length + missing.deliverables.length;
}

function detailOf(object: string, move: Move, t: ReturnType<typeof useText>["t"]): string | undefined {
  const missing = missingCount(object, move);
  if (missing > 0) return t("relay.missingCount", { count: missing });
  return move.handoff ? t("relay.handOver") : undefined;
}
