/** Pod sandboxes: the pause container and the network namespace that a pod's containers share. */
import type { Context } from "../../../engine/bus/index.ts";
import type { CniRequest, CniResponse } from "../cni/index.ts";
import type { CriRequest, CriResponse, SandboxStatus } from "../cri/index.ts";
import { answer } from "./answer.ts";
import { endContainer, forgetContainer } from "./containers.ts";
import { newContainerId } from "./identity.ts";
import type { RuntimeState, Sandbox } from "./state.ts";

/** Tag of a request to the network. */
export interface CniTag {
  readonly cni: "ADD" | "DEL";
  readonly sandboxId: string;
  /** The kubelet's request that waits, or 0. */
  readonly request: number;
}

const OK: CriResponse = Object.freeze({ type: "cri/ok" as const });

/** Makes a sandbox; the answer comes when its network is there. */
export function runSandbox(state: RuntimeState, context: Context, message: CriRequest & { type: "cri/RunPodSandbox" }, request: number): void {
  const sandbox: Sandbox = {
    sandboxId: newContainerId(context.random), podUid: message.podUid, namespace: message.namespace, podName: message.podName, hostname: message.hostname,
    hostNetwork: message.hostNetwork, createdAt: context.now, ready: false, ip: "", containers: [],
  };
  state.sandboxes.set(sandbox.sandboxId, sandbox);
  if (message.hostNetwork) {
    sandbox.ready = true;
    sandbox.ip = state.config.nodeIp;
    state.hostSandboxes.add(sandbox.sandboxId);
    answer(context, request, { type: "cri/ok", sandboxId: sandbox.sandboxId, ip: sandbox.ip });
    return;
  }
  const add: CniRequest = { type: "cni/ADD", sandboxId: sandbox.sandboxId, podUid: message.podUid, namespace: message.namespace, podName: message.podName, hostPorts: message.hostPorts };
  context.request(state.config.network, add, { cni: "ADD", sandboxId: sandbox.sandboxId, request } satisfies CniTag);
}

/** The network answered. */
export function networkAnswered(state: RuntimeState, context: Context, body: CniResponse, tag: CniTag): void {
  const sandbox = state.sandboxes.get(tag.sandboxId);
  if (tag.cni === "DEL") {
    if (tag.request !== 0) context.reply(tag.request, OK);
    return;
  }
  if (sandbox === undefined) {
    if (body.type === "cni/ok") leaveNetwork(state, context, tag.sandboxId, 0);
    return;
  }
  if (body.type === "cni/error") {
    refuseSandbox(state, context, tag, body.message);
    return;
  }
  sandbox.ready = true;
  sandbox.ip = body.ip;
  state.byIp.set(body.ip, sandbox.sandboxId);
  answer(context, tag.request, { type: "cri/ok", sandboxId: sandbox.sandboxId, ip: body.ip });
}

/** The network did not answer. */
export function networkFailed(state: RuntimeState, context: Context, reason: string, tag: CniTag): void {
  if (tag.cni === "ADD") {
    refuseSandbox(state, context, tag, `dial unix /run/cni.sock: connection ${reason}`);
    leaveNetwork(state, context, tag.sandboxId, 0);
  }
  else if (tag.request !== 0) answer(context, tag.request, { type: "cri/error", code: "Unknown", message: `failed to destroy network for sandbox "${tag.sandboxId}": connection ${reason}` });
}

function refuseSandbox(state: RuntimeState, context: Context, tag: CniTag, cause: string): void {
  state.sandboxes.delete(tag.sandboxId);
  const message = `failed to setup network for sandbox "${tag.sandboxId}": plugin type="bridge" failed (add): ${cause}`;
  answer(context, tag.request, { type: "cri/error", code: "Unknown", message });
}

/**
 * Stops a sandbox: what still runs in it is killed, its address is given back. Also one that is stopped already: the
 * runtime may have gone down before the network heard of it (CRI: StopPodSandbox is idempotent and must release leaked resources).
 */
export function stopSandbox(state: RuntimeState, context: Context, sandboxId: string, request: number): void {
  const sandbox = state.sandboxes.get(sandboxId);
  if (sandbox === undefined) {
    context.reply(request, OK);
    return;
  }
  for (const id of sandbox.containers) {
    const container = state.containers.get(id);
    if (container?.state === "running") endContainer(state, context, container, 137, "Error");
  }
  sandbox.ready = false;
  if (state.byIp.get(sandbox.ip) === sandboxId) state.byIp.delete(sandbox.ip);
  state.hostSandboxes.delete(sandboxId);
  if (sandbox.hostNetwork) context.reply(request, OK);
  else leaveNetwork(state, context, sandboxId, request);
}

function leaveNetwork(state: RuntimeState, context: Context, sandboxId: string, request: number): void {
  const message: CniRequest = { type: "cni/DEL", sandboxId };
  const tag: CniTag = { cni: "DEL", sandboxId, request };
  context.request(state.config.network, message, tag);
}

/** Removes a sandbox with its containers and the pod's volumes. */
export function removeSandbox(state: RuntimeState, context: Context, sandboxId: string, request: number): void {
  const sandbox = state.sandboxes.get(sandboxId);
  if (sandbox !== undefined) {
    for (const id of sandbox.containers) {
      const container = state.containers.get(id);
      if (container === undefined) continue;
      if (container.state === "running") endContainer(state, context, container, 137, "Error");
      forgetContainer(state, context, container);
    }
    if (!sandbox.hostNetwork) leaveNetwork(state, context, sandboxId, 0);
    if (state.byIp.get(sandbox.ip) === sandboxId) state.byIp.delete(sandbox.ip);
    state.hostSandboxes.delete(sandboxId);
    state.sandboxes.delete(sandboxId);
    dropVolumes(state, sandbox.podUid);
  }
  context.reply(request, OK);
}

function dropVolumes(state: RuntimeState, podUid: string): void {
  for (const sandbox of state.sandboxes.values()) if (sandbox.podUid === podUid) return;
  const prefix = `pod/${podUid}/`;
  for (const name of [...state.volumes.keys()]) if (name.startsWith(prefix)) state.volumes.delete(name);
}

/** What the kubelet is told of a sandbox. */
export function sandboxStatus(sandbox: Sandbox): SandboxStatus {
  const { sandboxId, podUid, namespace, podName, ready, ip, createdAt } = sandbox;
  return { sandboxId, podUid, namespace, podName, ready, ip, createdAt };
}
