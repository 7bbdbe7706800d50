import { Link, useMatchRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspace } from "@/api";

import type { Place } from "./places";

type Props = { place: Place; className?: string | undefined; children: ReactNode; title?: string | undefined };

export function PlaceLink({ place, className, children, title }: Props) {
  const { ws } = useWorkspace();
  const current = useIsCurrent(place);
  const rest = { className: className ?? "", title, ...(current ? { "aria-current": "page" as const } : {}) };
  const { go } = place;
  if (go.to === "/w/$ws/o/$object") {
    return (
      <Link to={go.to} params={{ ws, object: go.object }} {...rest}>
        {children}
      </Link>
    );
  }
  return (
    <Link to={go.to} params={{ ws }} {...rest}>
      {children}
    </Link>
  );
}

function useIsCurrent(place: Place): boolean {
  const { ws } = useWorkspace();
  const match = useMatchRoute();
  const { go } = place;
  if (go.to === "/w/$ws") return Boolean(match({ to: "/w/$ws", params: { ws } }));
  if (go.to === "/w/$ws/o/$object") {
    return Boolean(match({ to: go.to, params: { ws, object: go.object }, fuzzy: true }));
  }
  return Boolean(match({ to: go.to, params: { ws }, fuzzy: true }));
}
