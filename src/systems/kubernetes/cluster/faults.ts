/**
 * Faults a person can inject. Those of processes, machines and links belong to the bus; those inside a container, an
 * image registry or a disk are messages to the runtime they happen in.
 */
import type { Message, World } from "../../../engine/bus/index.ts";
import { runtimeId } from "../api/index.ts";
import type { EtcdCompact, EtcdState } from "../etcd/index.ts";

/** One fault; `target` names a component, a node, a pod ("namespace/name") or an image. */
export type ClusterFault =
  | { readonly kind: "stop-component" | "start-component" | "pause-component" | "resume-component"; readonly target: string }
  | { readonly kind: "crash-node" | "start-node"; readonly target: string }
  | { readonly kind: "cut-link" | "heal-link"; readonly target: string; readonly other: string }
  | { readonly kind: "slow-link"; readonly target: string; readonly other: string; readonly latencyMs: number }
  | { readonly kind: "lossy-link"; readonly target: string; readonly other: string; readonly loss: number }
  | { readonly kind: "skew-clock"; readonly target: string; readonly skewMs: number }
  | { readonly kind: "compact-history"; readonly target: string }
  | { readonly kind: "kill-container"; readonly target: string; readonly container: string }
  | { readonly kind: "crash-container"; readonly target: string; readonly container: string; readonly everyMs: number }
  | { readonly kind: "leak-memory"; readonly target: string; readonly container: string; readonly bytesPerSecond: number }
  | { readonly kind: "fill-disk" | "fill-memory"; readonly target: string; readonly share: number }
  | { readonly kind: "image-missing" | "image-back"; readonly target: string }
  | { readonly kind: "image-slow"; readonly target: string; readonly factor: number };

const RUNTIME_PREFIX = runtimeId("");

/** Does it, noted as the cause of all that follows. Unknown targets are left alone: a fault on nothing does nothing. */
export function applyFault(world: World, fault: ClusterFault): void {
  const { kind, target, ...details } = fault;
  world.act("FaultInjected", target, { fault: kind, ...details }, () => {
    switch (fault.kind) {
      case "stop-component": if (known(world, target)) world.crash(target); return;
      case "start-component": if (known(world, target)) world.startComponent(target); return;
      case "pause-component": if (known(world, target)) world.pause(target); return;
      case "resume-component": if (known(world, target)) world.resume(target); return;
      case "crash-node": world.crashHost(target); return;
      case "start-node": world.startHost(target); return;
      case "cut-link": world.setLinkRule({ id: linkId(fault), from: target, to: fault.other, both: true, cut: true }); return;
      case "slow-link": world.setLinkRule({ id: linkId(fault), from: target, to: fault.other, both: true, latencyMs: fault.latencyMs }); return;
      case "lossy-link": world.setLinkRule({ id: linkId(fault), from: target, to: fault.other, both: true, loss: fault.loss }); return;
      case "skew-clock": if (known(world, target)) world.setClockSkew(target, fault.skewMs); return;
      case "compact-history": compactHistory(world, target); return;
      case "heal-link": world.clearLinkRule(linkId(fault)); return;
      default: tellRuntimes(world, fault);
    }
  });
}

function known(world: World, id: string): boolean {
  return world.findCell(id) !== undefined;
}

/** etcd forgets all but the present: every watch and list from before then must begin anew. */
function compactHistory(world: World, target: string): void {
  const revision = world.stateOf<EtcdState>(target)?.store.revision;
  if (revision !== undefined) world.inject(target, { type: "etcd-compact", revision } as EtcdCompact);
}

function linkId(fault: { readonly target: string; readonly other: string }): string {
  return `link ${fault.target} ${fault.other}`;
}

/** Faults inside runtimes go to every runtime that may be meant; each acts on what it has. */
function tellRuntimes(world: World, fault: ClusterFault): void {
  for (const cell of world.cells) {
    if (!cell.id.startsWith(RUNTIME_PREFIX) || cell.status === "down") continue;
    if ((fault.kind === "fill-disk" || fault.kind === "fill-memory") && cell.host !== fault.target) continue;
    world.inject(cell.id, { type: "runtime/fault", fault } as Message);
  }
}
