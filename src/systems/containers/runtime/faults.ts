/** Faults that a person injects into a node's runtime. */
import type { Context } from "../../../engine/bus/index.ts";
import type { RuntimeFault } from "../cri/index.ts";
import { memoryOf } from "../programs/index.ts";
import { endContainer } from "./containers.ts";
import { canonicalReference, dropImage } from "./image-store.ts";
import { recheckHolds } from "./probes.ts";
import { schedule } from "./programs.ts";
import type { RuntimeContainer, RuntimeState } from "./state.ts";

/** Applies a fault. */
export function applyFault(state: RuntimeState, context: Context, fault: RuntimeFault): void {
  if (fault.type === "fault/image") {
    const reference = canonicalReference(fault.image);
    if (fault.missing) dropImage(state, reference);
    state.imageFaults.set(reference, { missing: fault.missing, slowFactor: fault.slowFactor });
  } else if (fault.type === "fault/fill-disk") state.diskBytes += fault.bytes;
  else {
    const container = findContainer(state, fault.namespace, fault.podName, fault.container);
    if (container !== undefined) troubleContainer(state, context, container, fault);
  }
}

type ContainerFault = Exclude<RuntimeFault, { type: "fault/image" | "fault/fill-disk" }>;

function troubleContainer(state: RuntimeState, context: Context, container: RuntimeContainer, fault: ContainerFault): void {
  if (fault.type === "fault/kill-container") {
    endContainer(state, context, container, 137, "Error");
    return;
  }
  for (const { process } of container.programs) {
    if (fault.type === "fault/latency") process.latencyMs = fault.latencyMs;
    else if (fault.type === "fault/break") breakProgram(process, fault.status);
    else {
      const used = memoryOf(process, context.now) - process.memoryBytes;
      process.leakBytesPerSecond = fault.bytesPerSecond;
      process.leakSince = fault.bytesPerSecond > 0 ? context.now - Math.round(used / fault.bytesPerSecond * 1000) : context.now;
    }
  }
  recheckHolds(context, container);
  schedule(context, container);
}

function breakProgram(process: { broken?: number }, status: number | undefined): void {
  if (status === undefined) delete process.broken;
  else process.broken = status;
}

function findContainer(state: RuntimeState, namespace: string, podName: string, name: string): RuntimeContainer | undefined {
  for (const container of state.containers.values()) {
    if (container.state !== "running" || container.config.name !== name) continue;
    const sandbox = state.sandboxes.get(container.sandboxId);
    if (sandbox?.namespace === namespace && sandbox.podName === podName) return container;
  }
  return undefined;
}
