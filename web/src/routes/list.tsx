import { getRouteApi } from "@tanstack/react-router";

import { useObject } from "@/api";
import { NoPermission } from "@/ui";
import { ListScreen } from "@/views/list/list-page";

const route = getRouteApi("/w/$ws/o/$object");

export function ListPage() {
  const { object } = route.useParams();
  const def = useObject(object);
  return def ? <ListScreen key={object} def={def} /> : <NoPermission />;
}
