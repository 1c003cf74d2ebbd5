/**
 * After a restart of this component alone, the pods of the node still run: their interfaces are the kernel's, not
 * ours. The runtime is asked which sandboxes there are, and those get their addresses back. After a restart of the
 * whole machine it has none, and every address is free.
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriRequest, CriResponse } from "../cri/index.ts";
import type { NetworkDisk, NetworkState } from "./state.ts";

/** Tag of the question to the runtime. */
export interface RecoverTag {
  readonly recover: NetworkDisk;
}

/** What is kept for a restart. */
export function keepDisk(state: NetworkState): NetworkDisk {
  return { lastHost: state.lastHost, sandboxes: [...state.sandboxes], hostPorts: [...state.hostPorts] };
}

/** Asks the runtime for its sandboxes. */
export function askSandboxes(context: Context, runtime: string, recover: NetworkDisk): void {
  const ask: CriRequest = { type: "cri/ListPodSandbox" };
  const tag: RecoverTag = { recover };
  context.request(runtime, ask, tag, 30_000);
}

/** Gives the sandboxes that are still there what they had. */
export function recoverSandboxes(state: NetworkState, { recover }: RecoverTag, answer: CriResponse): void {
  if (answer.type !== "cri/sandboxes") return;
  const alive = new Set(answer.sandboxes.filter(({ ready }) => ready).map(({ sandboxId }) => sandboxId));
  for (const [sandboxId, attachment] of recover.sandboxes) {
    if (!alive.has(sandboxId) || state.sandboxes.has(sandboxId) || state.addresses.has(attachment.ip)) continue;
    state.sandboxes.set(sandboxId, attachment);
    state.addresses.set(attachment.ip, sandboxId);
  }
  for (const [key, target] of recover.hostPorts) if (state.sandboxes.has(target.sandboxId) && !state.hostPorts.has(key)) state.hostPorts.set(key, target);
}
