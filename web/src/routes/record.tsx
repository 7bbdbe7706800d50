import { getRouteApi, useNavigate } from "@tanstack/react-router";

import { useObject } from "@/api";
import { NoPermission } from "@/ui";
import { RecordView } from "@/views/record/record-view";

const route = getRouteApi("/w/$ws/o/$object/$id");

export function RecordPage() {
  const { ws, object, id } = route.useParams();
  const navigate = useNavigate();
  const def = useObject(object);
  if (!def) return <NoPermission />;
  const leave = () => void navigate({ to: "/w/$ws/o/$object", params: { ws, object } });
  return <RecordView key={id} def={def} id={id} page onGone={leave} />;
}
