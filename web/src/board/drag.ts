import {
  KeyboardCode,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
  type UniqueIdentifier,
} from "@dnd-kit/core";
import { useRef } from "react";

const FAR_ENOUGH = 6;
const LONG_PRESS = { delay: 220, tolerance: 8 };
const KEYS = { start: ["Space"], cancel: [KeyboardCode.Esc], end: ["Space", KeyboardCode.Enter] };

/** Dragging by mouse, by a long press, and by keys: left and right go from one open column to the next, whatever
 * lies between and whether it is on screen or not. */
export function useDrag(order: string[]) {
  const aim = useRef<string | null>(null);
  const coordinateGetter: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
    const step = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
    if (step === 0) return undefined;
    event.preventDefault();
    const open = new Set(context.droppableContainers.getEnabled().map((one) => String(one.id)));
    aim.current = nextColumn(order, open, aim.current ?? String(context.over?.id ?? ""), step);
    const rect = context.droppableRects.get(aim.current);
    context.droppableContainers.get(aim.current)?.node.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    return rect ? { x: rect.left, y: currentCoordinates.y } : currentCoordinates;
  };
  const collisions: CollisionDetection = (given) => {
    const aimed = given.pointerCoordinates ? undefined : given.droppableContainers.find((one) => one.id === aim.current);
    if (aimed) return [{ id: aimed.id, data: { droppableContainer: aimed } }];
    const within = pointerWithin(given);
    return within.length > 0 ? within : beside(given);
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: FAR_ENOUGH } }),
    useSensor(TouchSensor, { activationConstraint: LONG_PRESS }),
    useSensor(KeyboardSensor, { coordinateGetter, keyboardCodes: KEYS }),
  );
  const begin = (stage: string) => {
    aim.current = stage;
  };
  return { sensors, collisions, begin };
}

const GAP = 16;

/** Between two columns the pointer means the nearer one. */
const beside: CollisionDetection = ({ pointerCoordinates, droppableContainers, droppableRects }) => {
  if (!pointerCoordinates) return [];
  const far = (id: UniqueIdentifier) => {
    const rect = droppableRects.get(id);
    return rect ? Math.max(rect.left - pointerCoordinates.x, pointerCoordinates.x - rect.right) : Number.POSITIVE_INFINITY;
  };
  const near = droppableContainers.filter((one) => far(one.id) <= GAP).sort((a, b) => far(a.id) - far(b.id));
  return near.slice(0, 1).map((one) => ({ id: one.id, data: { droppableContainer: one } }));
};

/** The next column in this direction that takes the card; the same one where there is none. */
export function nextColumn(order: string[], open: Set<string>, from: string, step: 1 | -1): string {
  for (let at = order.indexOf(from) + step; at >= 0 && at < order.length; at += step) {
    const key = order[at];
    if (key && open.has(key)) return key;
  }
  return from;
}
