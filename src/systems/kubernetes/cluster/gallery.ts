/** Starting worlds: session documents by name. */
import { SESSION_FORMAT, SESSION_VERSION, type SessionDocument } from "../../../engine/session/index.ts";
import type { ClusterInput } from "./inputs.ts";
import { STARTERS } from "./starters.ts";

/** A world of the gallery. `starter` is a manifest to begin with in the editor. */
export interface GalleryWorld {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly nodes: number;
  readonly starter: string;
  readonly world: unknown;
  readonly inputs: SessionDocument<unknown, ClusterInput>["inputs"];
}

const zoned = (zone: string, names: readonly string[], size: object = {}): object[] => names.map((name) => ({ name, zone, ...size }));

/** When the greeting of the first world is applied, and how long after it the person comes in: just before it is placed. */
const GREETING_AT_MS = 30_000;
const GREETED_AFTER_MS = 14;

const WORLDS: readonly GalleryWorld[] = [
  {
    name: "first-steps", title: "First steps", nodes: 3, starter: STARTERS.web,
    description: "Three nodes, and a pod that is being placed as you come in.",
    world: { title: "First steps", nodes: 3, warmupMs: GREETING_AT_MS + GREETED_AFTER_MS },
    inputs: [{ at: GREETING_AT_MS, input: { kind: "apply", ticket: 1, manifest: STARTERS.hello } }],
  },
  {
    name: "one-node", title: "One node", nodes: 1, starter: STARTERS.web, inputs: [],
    description: "The smallest cluster: nowhere else to go when the node is lost.",
    world: { title: "One node", nodes: 1 },
  },
  {
    name: "three-nodes", title: "Three nodes", nodes: 3, starter: STARTERS.web, inputs: [],
    description: "Room to schedule, heal and roll out. Start here.",
    world: { title: "Three nodes", nodes: 3 },
  },
  {
    name: "shop", title: "A shop under load", nodes: 3, starter: STARTERS.shop,
    description: "A web shop with two services and customers that send ten requests a second.",
    world: { title: "A shop under load", nodes: 3 },
    inputs: [
      { at: 0, input: { kind: "apply", ticket: 1, manifest: STARTERS.shop } },
      { at: 15_000, input: { kind: "traffic", on: true, spec: { name: "customers", url: "http://web.default/", perSecond: 10, from: "inside" } } },
    ],
  },
  {
    name: "mixed-sizes", title: "Mixed sizes", nodes: 4, starter: STARTERS.hungry, inputs: [],
    description: "Two small nodes, one large, one tainted for a purpose: see how pods are placed, and why one may wait.",
    world: { title: "Mixed sizes", nodes: [
      { name: "small-1", cpu: "1", memory: "2Gi" }, { name: "small-2", cpu: "1", memory: "2Gi" },
      { name: "large-1", cpu: "8", memory: "32Gi" }, { name: "gpu-1", cpu: "4", memory: "16Gi", labels: { accelerator: "gpu" }, taints: ["dedicated=gpu:NoSchedule"] },
    ] },
  },
  {
    name: "three-zones", title: "Three zones", nodes: 6, starter: STARTERS.spread, inputs: [],
    description: "Six nodes in three zones: spread pods so that losing a zone is no disaster.",
    world: { title: "Three zones", nodes: [...zoned("zone-a", ["a-1", "a-2"]), ...zoned("zone-b", ["b-1", "b-2"]), ...zoned("zone-c", ["c-1", "c-2"])] },
  },
  {
    name: "ten-nodes", title: "Ten nodes", nodes: 10, starter: STARTERS.web, inputs: [],
    description: "A small production cluster.",
    world: { title: "Ten nodes", nodes: 10 },
  },
  {
    name: "fifty-nodes", title: "Fifty nodes", nodes: 50, starter: STARTERS.wide, inputs: [],
    description: "Enough to see sampling, packing and a rollout of hundreds of pods.",
    world: { title: "Fifty nodes", nodes: 50 },
  },
];

/** Every world of the gallery, in the order to show them. */
export function galleryWorlds(): readonly GalleryWorld[] {
  return WORLDS;
}

/** The session document of a world by name, or undefined. */
export function gallerySession(name: string, seed: number): SessionDocument<unknown, ClusterInput> | undefined {
  const found = WORLDS.find((world) => world.name === name);
  if (found === undefined) return undefined;
  return { format: SESSION_FORMAT, version: SESSION_VERSION, seed, world: found.world, inputs: found.inputs };
}
