import { useBoard, type Condition, type ObjectDef } from "@/api";
import { CardSkeleton, ErrorState } from "@/ui";
import { RecordCard } from "@/views/record-card";

type Props = { def: ObjectDef; where: Condition };

/** The records of a condition, a column for each stage. */
export function Board({ def, where }: Props) {
  const board = useBoard(def.key, { where });
  if (board.isPending) return <CardSkeleton />;
  if (board.error) return <ErrorState error={board.error} onRetry={() => void board.refetch()} />;
  return board.data.columns.flatMap((column) => column.items.map((row) => <RecordCard key={row.id} def={def} row={row} />));
}
