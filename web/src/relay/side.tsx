import type { Row } from "@/api";

type Props = { object: string; record: Row };

/** Deliverables, the next action and the team: the first column of the record page. */
export function RelaySide({ object, record }: Props) {
  return <span data-object={object} data-record={record.id} />;
}
