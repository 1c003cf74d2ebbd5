/** The faults a simulated cluster suffers. Each is over when the window closes: what was stopped runs, what was cut is whole. */
import { type Dice, type FaultKind, fixed, type Piece } from "../../../engine/testing/index.ts";
import type { World } from "../../../engine/bus/index.ts";
import { API_SERVER, CLOUD_CONTROLLER_MANAGER, CONTROL_PLANE_HOST, CONTROLLER_MANAGER, ETCD, kubeletId, kubeProxyId, runtimeId, SCHEDULER } from "../api/index.ts";
import type { ClusterFault, ClusterInput } from "../cluster/index.ts";
import { BAD_IMAGES, GOOD_IMAGES } from "./random-objects.ts";
import type { RandomNode } from "./random-cluster.ts";
import { chosenPod } from "./targets.ts";

type Kind = FaultKind<ClusterInput>;

/** Every kind of fault there is for a cluster of these nodes. */
export function clusterFaults(nodes: readonly RandomNode[]): readonly Kind[] {
  const names = nodes.map(({ name }) => name);
  const control = [CONTROLLER_MANAGER, SCHEDULER, API_SERVER, ETCD, CLOUD_CONTROLLER_MANAGER];
  const workers = names.flatMap((name) => [kubeletId(name), kubeProxyId(name), runtimeId(name)]);
  return [
    during("crash", 5, 0, 20_000, (dice) => target("stop-component", "start-component", dice.pick(control))),
    during("crash on node", 5, 0, 60_000, (dice) => target("stop-component", "start-component", dice.pick(workers))),
    during("pause", 3, 50, 60_000, (dice) => target("pause-component", "resume-component", dice.pick([...control, ...workers]))),
    during("node crash", 3, 500, 120_000, (dice) => target("crash-node", "start-node", dice.pick(names))),
    during("long node crash", 0.7, 100_000, 420_000, (dice) => target("crash-node", "start-node", dice.pick(names))),
    during("cut", 3, 100, 90_000, (dice) => link(dice, names, () => ({ kind: "cut-link" }))),
    during("slow link", 2, 1000, 60_000, (dice) => link(dice, names, () => ({ kind: "slow-link", latencyMs: dice.between(20, 3000) }))),
    during("loss", 2, 1000, 60_000, (dice) => link(dice, names, () => ({ kind: "lossy-link", loss: dice.between(5, 60) / 100 }))),
    during("skew", 1, 5000, 200_000, (dice) => skew(dice.pick([...control, ...workers]), dice.between(-30_000, 30_000))),
    during("image missing", 1, 1000, 90_000, (dice) => target("image-missing", "image-back", dice.pick(GOOD_IMAGES))),
    during("image slow", 1, 1000, 90_000, (dice) => slowImage(dice.pick([...GOOD_IMAGES, ...BAD_IMAGES]), dice.between(5, 60))),
    { name: "compaction", weight: 1, leastMs: 0, mostMs: 0, make: (_dice, fromMs) => once("compaction", fromMs, { kind: "compact-history", target: ETCD }) },
    { name: "kill container", weight: 3, leastMs: 0, mostMs: 0, make: (dice, fromMs) => onPod("kill container", fromMs, dice.below(1000), (pod) => ({ kind: "kill-container", target: pod, container: "main" })) },
    { name: "leak", weight: 1, leastMs: 0, mostMs: 0, make: (dice, fromMs) => onPod("leak", fromMs, dice.below(1000), (pod) => ({ kind: "leak-memory", target: pod, container: "main", bytesPerSecond: 20_000_000 })) },
  ];
}

interface Pair {
  readonly name: string;
  readonly from: ClusterFault;
  readonly to: ClusterFault;
}

function during(name: string, weight: number, leastMs: number, mostMs: number, draw: (dice: Dice) => Pair): Kind {
  return {
    name, weight, leastMs, mostMs,
    make(dice, fromMs, untilMs) {
      const { name: what, from, to } = draw(dice);
      return { label: `${name} ${what} for ${untilMs - fromMs} ms`, steps: [fixed(fromMs, fault(from)), fixed(untilMs, fault(to))] };
    },
  };
}

function target(from: "stop-component" | "pause-component" | "crash-node" | "image-missing", to: "start-component" | "resume-component" | "start-node" | "image-back", name: string): Pair {
  return { name, from: { kind: from, target: name } as ClusterFault, to: { kind: to, target: name } as ClusterFault };
}

function skew(name: string, skewMs: number): Pair {
  return { name: `${name} by ${skewMs} ms`, from: { kind: "skew-clock", target: name, skewMs }, to: { kind: "skew-clock", target: name, skewMs: 0 } };
}

function slowImage(image: string, factor: number): Pair {
  return { name: image, from: { kind: "image-slow", target: image, factor }, to: { kind: "image-slow", target: image, factor: 1 } };
}

/** Trouble between two hosts, or between two components of the control plane. */
function link(dice: Dice, nodes: readonly string[], trouble: () => object): Pair {
  const inside: readonly (readonly [string, string])[] = [[API_SERVER, ETCD], [CONTROLLER_MANAGER, API_SERVER], [SCHEDULER, API_SERVER]];
  const outside = nodes.map((node) => [node, CONTROL_PLANE_HOST] as const);
  const between = nodes.length < 2 ? [] : [[nodes[0], dice.pick(nodes.slice(1))] as const];
  const [name, other] = dice.pick([...inside, ...outside, ...outside, ...between]) as readonly [string, string];
  return { name: `${name} and ${other}`, from: { ...trouble(), target: name, other } as ClusterFault, to: { kind: "heal-link", target: name, other } };
}

function once(label: string, at: number, what: ClusterFault): Piece<ClusterInput> {
  return { label, steps: [fixed(at, fault(what))] };
}

function onPod(label: string, at: number, number: number, make: (pod: string) => ClusterFault): Piece<ClusterInput> {
  const choose = (world: World): ClusterInput | undefined => {
    const pod = chosenPod(world, number);
    return pod === undefined ? undefined : fault(make(`${pod.metadata.namespace ?? ""}/${pod.metadata.name}`));
  };
  return { label, steps: [{ at, choose }] };
}

function fault(what: ClusterFault): ClusterInput {
  return { kind: "fault", fault: what };
}
