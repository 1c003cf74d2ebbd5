import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { PlaceKind, PodSize } from "../layout/index.ts";
import { ClientThing } from "./ClientThing.tsx";
import { ComponentThing } from "./ComponentThing.tsx";
import { MachineThing } from "./MachineThing.tsx";
import { LooseHeading, MoreThing, QueueThing, YouThing } from "./PlainThings.tsx";
import { PodThing } from "./PodThing.tsx";
import { ServiceThing } from "./ServiceThing.tsx";
import { WorkloadThing } from "./WorkloadThing.tsx";

/** What a node of the diagram carries: only what decides how it is drawn; the rest it reads from the entity store. */
export interface ThingData extends Record<string, unknown> {
  readonly kind: PlaceKind;
  readonly size: PodSize;
  /** For a machine: draws its pods itself. */
  readonly ownPods: boolean;
  /** For "more": how many. */
  readonly count: number;
}

export type ThingNodeType = Node<ThingData, "thing">;

/** Draws whichever thing stands here. */
export const ThingNode = memo(function ThingNode({ id, data }: NodeProps<ThingNodeType>) {
  switch (data.kind) {
    case "sun":
    case "component": return <ComponentThing id={id} />;
    case "you": return <YouThing brief={data.size !== "tile"} />;
    case "machine": return <MachineThing id={id} size={data.size} ownPods={data.ownPods} />;
    case "pod": return <PodThing id={id} size={data.size} />;
    case "queue": return <QueueThing />;
    case "more": return <MoreThing count={data.count} />;
    case "workload": return <WorkloadThing id={id} brief={data.size !== "tile"} />;
    case "service": return <ServiceThing id={id} />;
    case "client": return <ClientThing id={id} size={data.size} />;
    case "heading": return <LooseHeading />;
  }
});
