import { useCallback, useMemo, useState } from "react";

import { both, useList, type BoardColumn, type Condition, type ObjectDef } from "@/api";

import { cardColumns, inColumn } from "./facts";

export const SORT = ["-stage_since"];
export const FIRST = 30;
const PAGE = 50;

/** The cards of a column: the first with the board, more as one scrolls. */
export function useColumn(def: ObjectDef, where: Condition, column: BoardColumn) {
  const [wanted, setWanted] = useState(false);
  const asked = both(where, { field: "stage", op: "eq", value: column.stage });
  const list = useList(def.key, { where: asked, sort: SORT, columns: cardColumns(def), limit: PAGE }, wanted);
  const { data, hasNextPage, isFetching, fetchNextPage } = list;
  const rows = useMemo(
    () => inColumn(column.stage, column.items, ...(data?.pages.map((page) => page.items) ?? [])),
    [column.stage, column.items, data],
  );
  const missing = rows.length < column.count;
  const more = useCallback(() => {
    if (!wanted) setWanted(true);
    else if (hasNextPage && !isFetching) void fetchNextPage();
  }, [wanted, hasNextPage, isFetching, fetchNextPage]);
  return { rows, more, hasMore: wanted ? hasNextPage : missing && column.items.length >= FIRST, error: list.error };
}
