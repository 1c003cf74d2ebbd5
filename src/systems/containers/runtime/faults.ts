/** Faults that a person injects into a node's runtime. */
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerFault, ImageFault, NodeFault, RuntimeFault } from "../cri/index.ts";
import { memoryOf, type ProgramProcess } from "../programs/index.ts";
import { endContainer } from "./containers.ts";
import { canonicalReference, dropImage } from "./image-store.ts";
import { recheckHolds } from "./probes.ts";
import { schedule } from "./programs.ts";
import type { RuntimeContainer, RuntimeState } from "./state.ts";

/** Applies a fault; one that is about nothing here does nothing. */
export function applyFault(state: RuntimeState, context: Context, message: RuntimeFault): void {
  const { fault } = message;
  switch (fault.kind) {
    case "image-missing": case "image-back": case "image-slow": troubleImage(state, fault); return;
    case "fill-disk": case "fill-memory": troubleNode(state, fault); return;
    default: {
      const key = `${fault.target}/${fault.container}`;
      if (fault.kind === "crash-container") setCrashes(state, key, fault.everyMs);
      const container = findContainer(state, fault.target, fault.container);
      if (container !== undefined) troubleContainer(state, context, container, fault);
    }
  }
}

function troubleImage(state: RuntimeState, fault: ImageFault): void {
  const reference = canonicalReference(fault.target);
  if (fault.kind === "image-missing") dropImage(state, reference);
  state.imageFaults.set(reference, { missing: fault.kind === "image-missing", slowFactor: fault.kind === "image-slow" ? fault.factor : 1 });
}

function troubleNode(state: RuntimeState, fault: NodeFault): void {
  if (fault.kind === "fill-disk" && fault.target === state.config.node) state.diskBytes = Math.max(state.diskBytes, Math.round(fault.share * state.config.machine.diskBytes));
}

function setCrashes(state: RuntimeState, key: string, everyMs: number): void {
  if (everyMs > 0) state.crashes.set(key, everyMs);
  else state.crashes.delete(key);
}

function troubleContainer(state: RuntimeState, context: Context, container: RuntimeContainer, fault: ContainerFault): void {
  if (fault.kind === "kill-container") {
    endContainer(state, context, container, 137, "Error");
    return;
  }
  if (fault.kind === "crash-container") container.crashesAt = fault.everyMs > 0 ? context.now + fault.everyMs : Number.POSITIVE_INFINITY;
  else for (const { process } of container.programs) troubleProgram(process, fault, context.now);
  recheckHolds(context, container);
  schedule(context, container);
}

function troubleProgram(process: ProgramProcess, fault: ContainerFault, now: number): void {
  if (fault.kind === "slow-answers") process.latencyMs = fault.latencyMs;
  else if (fault.kind === "break-answers") {
    if (fault.status === 0) delete process.broken;
    else process.broken = fault.status;
  } else if (fault.kind === "leak-memory") {
    const used = memoryOf(process, now) - process.memoryBytes;
    process.leakBytesPerSecond = fault.bytesPerSecond;
    process.leakSince = fault.bytesPerSecond > 0 ? now - Math.round(used / fault.bytesPerSecond * 1000) : now;
  }
}

function findContainer(state: RuntimeState, pod: string, name: string): RuntimeContainer | undefined {
  for (const container of state.containers.values()) {
    if (container.state !== "running" || container.config.name !== name) continue;
    const sandbox = state.sandboxes.get(container.sandboxId);
    if (`${sandbox?.namespace ?? ""}/${sandbox?.podName ?? ""}` === pod) return container;
  }
  return undefined;
}
