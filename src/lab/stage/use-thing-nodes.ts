import { useEffect, useRef, useState } from "react";
import { centerOf, MORE_WAITING, type Place, type StageLayout } from "./layout/index.ts";
import type { ThingData, ThingNodeType } from "./things/ThingNode.tsx";

/** Where pods are born: the part whose controllers make them. */
const MAKER = "kube-controller-manager";
const FLOCK = 12;
const DEPTH: Partial<Record<Place["kind"], number>> = { machine: 1, pod: 3, sun: 2 };

interface Options {
  readonly ownPods: boolean;
  readonly waiting: number;
  /** Changes when the world is replaced: nothing is born then, it is simply there. */
  readonly epoch: number;
}

/**
 * The diagram's nodes for a layout. A thing keeps its id between layouts and views, so it travels to its new place; a
 * pod seen for the first time begins at the component that made it and travels from there.
 */
export function useThingNodes(layout: StageLayout, options: Options): ThingNodeType[] {
  const known = useRef<{ epoch: number; nodes: Map<string, ThingNodeType> }>({ epoch: -2, nodes: new Map() });
  const [nodes, setNodes] = useState<ThingNodeType[]>([]);
  const { ownPods, waiting, epoch } = options;
  useEffect(() => {
    const before = known.current;
    const fresh = before.epoch !== epoch || before.nodes.size === 0;
    const birthplace = layout.places.get(MAKER);
    const next = new Map<string, ThingNodeType>();
    const newborn: Place[] = [];
    for (const place of layout.places.values()) {
      const old = before.nodes.get(place.id);
      const born = old === undefined && !fresh && place.kind === "pod" && birthplace !== undefined;
      if (born) newborn.push(place);
      next.set(place.id, nodeOf(place, old, { ownPods, count: place.id === MORE_WAITING ? waiting - shownWaiting(layout) : 0 }, born ? birthplace : undefined));
    }
    known.current = { epoch, nodes: next };
    // Many at once are simply there: a flock from one point could not be followed by eye.
    if (newborn.length > FLOCK) for (const place of newborn.splice(0)) next.set(place.id, nodeOf(place, undefined, { ownPods, count: 0 }, undefined));
    setNodes((shown) => sameNodes(shown, next));
    if (newborn.length === 0) return undefined;
    const frame = requestAnimationFrame(() => {
      for (const place of newborn) next.set(place.id, nodeOf(place, undefined, { ownPods, count: 0 }, undefined));
      setNodes([...next.values()]);
    });
    return () => { cancelAnimationFrame(frame); };
  }, [layout, ownPods, waiting, epoch]);
  return nodes;
}

/** The nodes shown when nothing moved, so that the diagram isn't drawn anew. */
function sameNodes(shown: ThingNodeType[], next: ReadonlyMap<string, ThingNodeType>): ThingNodeType[] {
  return shown.length === next.size && shown.every((node) => next.get(node.id) === node) ? shown : [...next.values()];
}

function nodeOf(place: Place, old: ThingNodeType | undefined, extra: Pick<ThingData, "ownPods" | "count">, birthplace: Place | undefined): ThingNodeType {
  const { box } = place;
  const from = birthplace === undefined ? box : { x: centerOf(birthplace.box).x - box.width / 2, y: centerOf(birthplace.box).y - box.height / 2 };
  const same = old !== undefined && old.position.x === from.x && old.position.y === from.y && old.width === box.width && old.height === box.height
    && old.data.size === place.size && old.data.ownPods === extra.ownPods && old.data.count === extra.count && old.data.kind === place.kind;
  if (same) return old;
  const data: ThingData = old !== undefined && old.data.size === place.size && old.data.kind === place.kind && old.data.ownPods === extra.ownPods && old.data.count === extra.count
    ? old.data : { kind: place.kind, size: place.size, ...extra };
  return {
    id: place.id, type: "thing", position: { x: from.x, y: from.y }, width: box.width, height: box.height, data,
    zIndex: DEPTH[place.kind] ?? 2, className: `at-${place.kind}${birthplace === undefined ? "" : " newborn"}`, draggable: false, focusable: false, selectable: false, connectable: false,
  };
}

function shownWaiting(layout: StageLayout): number {
  const line = layout.places.get(MORE_WAITING)?.box.y;
  let shown = 0;
  for (const place of layout.places.values()) if (place.kind === "pod" && place.box.y === line) shown += 1;
  return shown;
}
