import { useLayoutEffect, useRef } from "react";

import type { ProcessDef, StageDef } from "@/api/blueprint-types";
import type { Leg, Track } from "@/api/record-types";
import { useText } from "@/i18n/use-text";

import { TrackLeg } from "./relay-leg";
import { TrackFace } from "./relay-face";
import styles from "./relay-track.module.css";

type Props = {
  track: Track;
  process: ProcessDef;
  roleName: (role: string) => string;
  /** Opens what a leg was due, delivered and said. */
  onOpen?: (stage: string) => void;
  opened?: string | null;
};

/** 接力带: who carried the record through which stage and for how long, who has it now, who comes next. */
export function RelayTrack({ track, process, roleName, onOpen, opened }: Props) {
  const { t } = useText();
  const band = useRef<HTMLOListElement>(null);
  const stages = new Map(process.stages.map((stage) => [stage.key, stage]));
  const legs = shownLegs(track.stages, stages);
  const current = legs.findIndex((leg) => leg.state === "current");
  useCentred(band, current);
  return (
    <div className={styles["track"]}>
      <ol className={styles["band"]} ref={band} aria-label={t("relay.track")}>
        {legs.map((leg, index) => (
          <TrackLeg
            key={`${leg.stage}-${index}`}
            leg={leg}
            stage={stages.get(leg.stage)}
            roleName={roleName}
            opened={opened === leg.stage}
            {...(leg.state === "current" ? { due: track.due, holder: track.holder } : {})}
            {...(onOpen ? { onOpen: () => onOpen(leg.stage) } : {})}
          />
        ))}
        {current >= 0 && track.holder && (
          <TrackFace
            holder={track.holder}
            due={track.due}
            since={legs[current]?.spans.at(-1)?.entered ?? null}
            leg={current}
            legs={legs.length}
          />
        )}
      </ol>
    </div>
  );
}

/** Endings that were not reached are not part of this record's story. */
export function shownLegs(legs: Leg[], stages: Map<string, StageDef>): Leg[] {
  return legs.filter((leg) => {
    const kind = stages.get(leg.stage)?.kind ?? "open";
    const reached = leg.state === "done" || leg.state === "current";
    return reached || kind === "open" || (kind === "won" && !legs.some((other) => isLost(other, stages)));
  });
}

function isLost(leg: Leg, stages: Map<string, StageDef>): boolean {
  const kind = stages.get(leg.stage)?.kind;
  return leg.state === "current" && (kind === "lost" || kind === "void");
}

/** Where the band is wider than the screen, the current leg stands in the middle. */
function useCentred(band: React.RefObject<HTMLOListElement | null>, current: number): void {
  useLayoutEffect(() => {
    const list = band.current;
    const leg = list?.children[current];
    if (!list || !(leg instanceof HTMLElement)) return;
    list.scrollTo?.({ left: leg.offsetLeft - (list.clientWidth - leg.offsetWidth) / 2 });
  }, [band, current]);
}
