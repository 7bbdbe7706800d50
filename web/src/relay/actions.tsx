import type { Row } from "@/api";

type Props = { object: string; record: Row };

/** 交棒, 推进阶段 and what else moves a record along: stands in the record's header. */
export function RelayActions({ object, record }: Props) {
  return <span data-object={object} data-record={record.id} />;
}
