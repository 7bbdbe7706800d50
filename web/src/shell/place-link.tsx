import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspace } from "@/api";

import type { Place } from "./places";

type Props = { place: Place; className?: string | undefined; children: ReactNode; title?: string | undefined };

export function PlaceLink({ place, className, children, title }: Props) {
  const { ws } = useWorkspace();
  const rest = { className: className ?? "", title, activeOptions: { exact: place.key === "home", includeSearch: false } };
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
