import { lazy, Suspense, type ReactNode } from "react";

import {
  asText,
  both,
  useAggregate,
  useBoard,
  useWorkspace,
  type Board as BoardData,
  type Condition,
  type ObjectDef,
  type ProcessDef,
} from "@/api";
import { ErrorState, usePhone } from "@/ui";

import { BoardSkeleton } from "./board-skeleton";
import { cardColumns } from "./facts";
import { PhoneBoard } from "./phone-board";
import { StillColumns } from "./still-columns";
import { FIRST, SORT } from "./use-column";

const Columns = lazy(() => import("./columns").then((module) => ({ default: module.Columns })));

type Props = {
  def: ObjectDef;
  where: Condition;
  /** Stands there when no stage holds a record. */
  empty: ReactNode;
};

/** The records of a condition, a column for each stage of their process. */
export function Board({ def, where, empty }: Props) {
  const { process } = useWorkspace();
  const runs = process(def.key);
  return runs ? <Loaded def={def} where={where} empty={empty} process={runs} /> : null;
}

export type Shown = { def: ObjectDef; where: Condition; process: ProcessDef; data: BoardData; overdue: Map<string, number> };

function Loaded({ def, where, empty, process }: Props & { process: ProcessDef }) {
  const phone = usePhone();
  const board = useBoard(def.key, { where, columns: cardColumns(def), sort: SORT, limit: FIRST, process: process.key });
  const overdue = useOverdue(def, where);
  if (board.isPending) return <BoardSkeleton columns={phone ? 1 : process.stages.length} />;
  if (board.error && !board.data) return <ErrorState error={board.error} onRetry={() => void board.refetch()} />;
  if (board.data.columns.every((column) => column.count === 0)) return empty;
  const shown = { def, where, process, data: board.data, overdue };
  if (phone) return <PhoneBoard {...shown} />;
  return (
    <Suspense fallback={<StillColumns {...shown} />}>
      <Columns {...shown} />
    </Suspense>
  );
}

/** How many in each stage are over their limit. */
function useOverdue(def: ObjectDef, where: Condition): Map<string, number> {
  const late = useAggregate(def.key, {
    where: both(where, { field: "stage_due", op: "lt", value: { var: "now" } }),
    group: ["stage"],
    measures: [{ fn: "count" }],
  });
  return new Map(late.data?.rows.map(({ group, values }) => [asText(group[0]), Number(values[0] ?? 0)]) ?? []);
}
