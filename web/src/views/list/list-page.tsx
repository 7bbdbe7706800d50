import { lazy, Suspense, useCallback, useMemo } from "react";

import { useList, type ObjectDef } from "@/api";
import { useText } from "@/i18n/use-text";
import { CardSkeleton, ErrorState, ListSkeleton, usePhone } from "@/ui";
import { FilterBar } from "@/views/conditions/filter-bar";

import { useListChange, useListState, type ListState } from "./list-state";
import styles from "./list.module.css";
import { Nothing } from "./nothing";
import { PhoneList } from "./phone-list";
import { useSelection } from "./selection";
import { RecordTable } from "./table/record-table";
import { Toolbar } from "./toolbar";
import { Totals } from "./totals";
import { ViewTabs } from "./view-tabs";

const SelectionBar = lazy(() => import("./selection-bar").then((module) => ({ default: module.SelectionBar })));
const Board = lazy(() => import("@/board").then((module) => ({ default: module.Board })));

/** All records of an object, as a table or a board; what is shown stands in the address. */
export function ListScreen({ def }: { def: ObjectDef }) {
  const { t, label } = useText();
  const state = useListState(def);
  const change = useListChange();
  return (
    <div className={styles["page"]}>
      <title>{`${label(def.plural ?? def.label)} · ${t("common.app")}`}</title>
      {state.as === "board" ? (
        <>
          <Top def={def} state={state} total={undefined} />
          <Suspense fallback={<CardSkeleton />}>
            <Board def={def} where={state.asked} empty={<Nothing def={def} state={state} />} />
          </Suspense>
        </>
      ) : (
        <TableScreen def={def} state={state} onSort={(sort) => change({ sort: sort.length ? sort : undefined })} />
      )}
    </div>
  );
}

function Top({ def, state, total }: { def: ObjectDef; state: ListState; total: number | undefined }) {
  const change = useListChange();
  return (
    <header className={styles["top"]}>
      <Toolbar def={def} state={state} total={total} />
      <ViewTabs def={def} state={state} />
      <FilterBar object={def.key} where={state.where} onChange={(where) => change({ where })} />
    </header>
  );
}

type TableProps = { def: ObjectDef; state: ListState; onSort: (sort: string[]) => void };

function TableScreen({ def, state, onSort }: TableProps) {
  const phone = usePhone();
  const list = useList(def.key, { where: state.asked, sort: state.sort, columns: needed(def, state.columns, phone) });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const marks = useSelection(rows.map((row) => row.id));
  const count = list.data?.pages[0]?.count;
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = list;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const shared = { def, rows, more: hasNextPage, onMore: more };
  return (
    <>
      <Top def={def} state={state} total={count?.value} />
      <div className={list.isPlaceholderData ? `${styles["body"]} ${styles["old"]}` : styles["body"]}>
        {list.isPending ? (
          <ListSkeleton />
        ) : list.error && rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <Nothing def={def} state={state} />
        ) : phone ? (
          <PhoneList {...shared} />
        ) : (
          <RecordTable {...shared} columns={state.columns} sort={state.sort} onSort={onSort} marks={marks} total={count?.value} />
        )}
      </div>
      {!phone && <Totals def={def} where={state.asked} columns={state.columns} total={count} loaded={rows.length} />}
      {marks.selection.ids.size > 0 && (
        <Suspense fallback={null}>
          <SelectionBar def={def} marks={marks} rows={rows} where={state.asked} columns={state.columns} total={count?.value} />
        </Suspense>
      )}
    </>
  );
}

const RELAY = ["stage", "process", "stage_since", "stage_due", "holder", "owner", "version"];

/** What the rows are drawn from, besides what is shown as a column. */
function needed(def: ObjectDef, columns: string[], phone: boolean): string[] {
  const card = [...def.card.fields, ...(def.card.subtitle ? [def.card.subtitle] : [])];
  const wished = phone ? [def.title, ...card, ...RELAY] : [...columns, ...RELAY];
  const known = new Set(def.fields.map((field) => field.key));
  return [...new Set(wished)].filter((key) => known.has(key));
}
