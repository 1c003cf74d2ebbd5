/** Life of a container: created, running, exited. */
import { extended } from "../../../base/plain/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerConfig, ContainerEvent, ContainerStatus, CriRequest, CriResponse } from "../cri/index.ts";
import { type Files, type Mount, readFile, type VolumeFiles } from "../filesystem/index.ts";
import { catalogueImage, type Image } from "../images/index.ts";
import { answer } from "./answer.ts";
import { storedImage } from "./image-store.ts";
import { newContainerId } from "./identity.ts";
import { logTail } from "./logs.ts";
import type { RuntimeContainer, RuntimeState, Sandbox } from "./state.ts";

/** Timers of a container: its process's next own event, and the end of its grace period. */
export const PROCESS_TIMER = "process/";
export const KILL_TIMER = "kill/";

/** Termination messages are cut to this (kubernetes: MaxContainerTerminationMessageLength, pkg/kubelet/types/constants.go and container/helpers). */
const MAX_MESSAGE = 4096;
const FALLBACK_LINES = 80;
const FALLBACK_BYTES = 2048;

/** Creates a container in a sandbox. */
export function createContainer(state: RuntimeState, context: Context, message: CriRequest & { type: "cri/CreateContainer" }): CriResponse {
  const { config } = message;
  const sandbox = state.sandboxes.get(message.sandboxId);
  if (sandbox === undefined || !sandbox.ready) return { type: "cri/error", code: "NotFound", message: `failed to find sandbox id "${message.sandboxId}": not found` };
  const image = storedImage(state, config.image);
  if (image === undefined) return { type: "cri/error", code: "NotFound", message: `failed to get image from containerd "${config.image}": not found` };
  const container: RuntimeContainer = {
    id: newContainerId(context.random), sandboxId: sandbox.sandboxId, podUid: sandbox.podUid, config, image, createdAt: context.now,
    files: containerFiles(state, sandbox, image, config), state: "created", startedAt: 0, finishedAt: 0, exitCode: 0, reason: "", message: "",
    shell: undefined, programs: [], execs: [], log: [], stopping: [], stopAskedAt: 0, crashesAt: Number.POSITIVE_INFINITY, leavesAt: Number.POSITIVE_INFINITY, holds: [], serving: new Map(),
  };
  state.containers.set(container.id, container);
  sandbox.containers.push(container.id);
  return { type: "cri/ok", containerId: container.id, imageRef: image.repoDigest };
}

function containerFiles(state: RuntimeState, sandbox: Sandbox, image: Image, config: ContainerConfig): Files {
  const mounts = config.mounts.map((mount): Mount => {
    const files = volumeOf(state, mount.volume, mount.files);
    return { path: mount.path, readOnly: mount.readOnly, files, ...(mount.subPath === undefined ? {} : { subPath: mount.subPath }) };
  });
  const own: Record<string, string> = {
    ...catalogueImage(image.repository)?.files,
    "/etc/hostname": `${sandbox.hostname}\n`,
    "/etc/hosts": `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${sandbox.ip}\t${sandbox.hostname}\n`,
    "/etc/resolv.conf": `search ${sandbox.namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
    "/etc/machine-id": `${sandbox.podUid.replaceAll("-", "").padEnd(32, "0").slice(0, 32)}\n`,
  };
  return { image: own, written: new Map(), mounts };
}

function volumeOf(state: RuntimeState, name: string | undefined, files: Readonly<Record<string, string>>): VolumeFiles {
  if (name === undefined) return new Map(Object.entries(files));
  const known = state.volumes.get(name);
  if (known !== undefined) return known;
  const volume: VolumeFiles = new Map(Object.entries(files));
  state.volumes.set(name, volume);
  return volume;
}

/** Writes changed files into a volume that containers share. */
export function updateVolume(state: RuntimeState, name: string, files: Readonly<Record<string, string>>): void {
  const volume = state.volumes.get(name);
  if (volume === undefined) return;
  for (const key of [...volume.keys()]) if (!Object.hasOwn(files, key)) volume.delete(key);
  for (const key of Object.keys(files)) volume.set(key, files[key] as string);
}

/** A container's main process is gone: everything in it ends with it. */
export function endContainer(state: RuntimeState, context: Context, container: RuntimeContainer, exitCode: number, reason: string): void {
  if (container.state !== "running") return;
  container.state = "exited";
  container.finishedAt = context.now;
  container.exitCode = exitCode;
  container.reason = reason;
  container.message = terminationMessage(container);
  container.shell = undefined;
  container.programs = [];
  context.cancelTimer(PROCESS_TIMER + container.id);
  context.cancelTimer(KILL_TIMER + container.id);
  breakConnections(container, context);
  const status = containerStatus(container);
  if (container.stopping.length > 0) {
    for (const request of container.stopping) answer(context, request, { type: "cri/ok", container: status });
    container.stopping = [];
  } else publish(state, context, { type: "cri/ContainerEvent", event: "stopped", podUid: container.podUid, container: status });
}

function breakConnections(container: RuntimeContainer, context: Context): void {
  for (const request of container.serving.keys()) answer(context, request, { type: "packet-answer", outcome: "reset", status: 0, body: "" });
  container.serving.clear();
  for (const held of container.holds) answer(context, held.request, { type: "cri/error", code: "NotFound", message: "container is not running" });
  container.holds = [];
  for (const session of container.execs) answer(context, session.request, { type: "cri/error", code: "Unknown", message: "container is not running" });
  container.execs = [];
}

function terminationMessage(container: RuntimeContainer): string {
  const { config } = container;
  if (container.message !== "") return container.message;
  const path = config.terminationMessagePath;
  const written = path === undefined ? undefined : readFile(container.files, path);
  if (written !== undefined && written !== "") return written.slice(0, MAX_MESSAGE);
  if (config.terminationMessageFromLogs !== true || container.exitCode === 0) return "";
  const text = logTail(container.log, FALLBACK_LINES).map((line) => `${line.text}\n`).join("");
  return text.length > FALLBACK_BYTES ? text.slice(text.length - FALLBACK_BYTES) : text;
}

/** Tells the kubelet. */
export function publish(state: RuntimeState, context: Context, event: ContainerEvent): void {
  for (const stream of state.streams) context.push(stream, event);
}

/** A container is removed with its log. */
export function forgetContainer(state: RuntimeState, context: Context, container: RuntimeContainer): void {
  context.cancelTimer(PROCESS_TIMER + container.id);
  context.cancelTimer(KILL_TIMER + container.id);
  state.containers.delete(container.id);
}

/** Removes one container. */
export function removeContainer(state: RuntimeState, context: Context, containerId: string): CriResponse {
  const container = state.containers.get(containerId);
  if (container === undefined) return { type: "cri/ok" };
  if (container.state === "running") endContainer(state, context, container, 137, "Error");
  forgetContainer(state, context, container);
  const sandbox = state.sandboxes.get(container.sandboxId);
  const at = sandbox?.containers.indexOf(containerId) ?? -1;
  if (at >= 0) sandbox?.containers.splice(at, 1);
  return { type: "cri/ok" };
}

/** What the kubelet is told of a container. */
export function containerStatus(container: RuntimeContainer): ContainerStatus {
  const { id, sandboxId, podUid, config, state, image, createdAt } = container;
  const base: ContainerStatus = {
    containerId: id, sandboxId, podUid, name: config.name, attempt: config.attempt, state, imageRef: image.reference, imageId: image.repoDigest, standIn: image.standIn, createdAt,
  };
  if (state === "created") return base;
  if (state === "running") return extended(base, { startedAt: container.startedAt });
  return {
    ...base, startedAt: container.startedAt, finishedAt: container.finishedAt, exitCode: container.exitCode, reason: container.reason,
    ...(container.message === "" ? {} : { message: container.message }),
  };
}
