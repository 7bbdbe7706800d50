import { useEffect } from "react";

import { useList, type Row } from "@/api";

const MOST = 200;

/** All of them: a tree with holes would put departments where they do not belong. */
export function useDepartments() {
  const list = useList("department", { limit: MOST, sort: ["name"], columns: ["name", "parent", "head", "code", "description"] });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows: Row[] = list.data?.pages.flatMap((page) => page.items) ?? [];
  return { rows, error: list.error, isPending: list.isPending || hasNextPage, refetch: () => void list.refetch() };
}
