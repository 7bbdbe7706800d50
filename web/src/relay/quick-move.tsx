import { useState } from "react";

import { asText, useRecord, useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { Button, DownOutlined, ErrorState, LineSkeleton, Pop } from "@/ui";

import { useMoves } from "./api";
import { useFlow, type Flow } from "./flow";
import { sortMoves } from "./moves";
import styles from "./relay.module.css";

type Props = { object: string; id: string };

/** Moves a record on from where only its name is shown; what it could do is asked when the list opens. */
export function QuickMove({ object, id }: Props) {
  const { t } = useText();
  const flow = useFlow(object);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Pop
        open={open}
        onOpenChange={setOpen}
        padded={false}
        placement="bottomRight"
        title={t("relay.moveOn")}
        content={(close) => <Choices object={object} id={id} flow={flow} onClose={close} />}
      >
        <Button icon={<DownOutlined aria-hidden="true" />} iconPlacement="end" loading={flow.busy}>
          {t("relay.moveOn")}
        </Button>
      </Pop>
      {flow.sheet}
    </>
  );
}

function Choices({ object, id, flow, onClose }: Props & { flow: Flow; onClose: () => void }) {
  const { t, label } = useText();
  const { process } = useWorkspace();
  const record = useRecord(object, id);
  const moves = useMoves(object, id);
  const runs = process(object, asText(record.data?.["process"]) || undefined);
  const row = record.data;
  const error = record.error ?? moves.error;
  if (error) return <ErrorState error={error} compact />;
  if (!runs || !row || !moves.data) return <LineSkeleton />;
  const allowed = sortMoves(runs, asText(row["stage"]), moves.data.moves).filter((move) => move.allowed);
  return (
    <ul className={styles["quick"]}>
      {allowed.map((move) => (
        <li key={move.to}>
          <button
            type="button"
            className={move.kind === "lost" || move.kind === "void" ? styles["danger"] : undefined}
            onClick={() => {
              onClose();
              flow.go(row, move);
            }}
          >
            {label(move.label)}
          </button>
        </li>
      ))}
      {allowed.length === 0 && <li className="quiet">{t("relay.noMoves")}</li>}
    </ul>
  );
}
