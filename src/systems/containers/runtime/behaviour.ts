/**
 * runtime/<node>: a container runtime in the manner of containerd. It serves the CRI to the node's kubelet, runs the
 * containers' programs on virtual time and answers packets for them. It does not depend on the kubelet: containers
 * run on when that is down. When the node goes down everything running is lost; images and the records of dead
 * containers stay on the disk.
 * Simplified: a crash of the runtime alone also ends its containers (the real one's shims keep them alive).
 */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import type { CniResponse } from "../cni/index.ts";
import type { CriRequest, CriResponse, RuntimeFault } from "../cri/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { memoryOf } from "../programs/index.ts";
import { startShell } from "../shell/index.ts";
import { answer } from "./answer.ts";
import { containerStatus, createContainer, KILL_TIMER, PROCESS_TIMER, removeContainer, updateVolume } from "./containers.ts";
import { applyFault } from "./faults.ts";
import { imageStatus, PULL_TIMER, pullFinished, pullImage } from "./image-store.ts";
import { readLog } from "./logs.ts";
import { answerDue, servePacket } from "./packets.ts";
import { evaluateHolds, serveProbe } from "./probes.ts";
import { endDue, killAfterGrace, startContainer, stopContainer } from "./processes.ts";
import { environment, execProblem, schedule } from "./programs.ts";
import { keepDisk, startFromDisk } from "./restart.ts";
import { type CniTag, networkAnswered, networkFailed, removeSandbox, runSandbox, sandboxStatus, stopSandbox } from "./sandboxes.ts";
import { shellPacketAnswered, type ShellPacketTag, stepShells } from "./shells.ts";
import type { RuntimeConfig, RuntimeContainer, RuntimeDisk, RuntimeState } from "./state.ts";

/** Requests that it serves. */
export type RuntimeRequest = CriRequest | Packet;

/** The runtime of a node. */
export const containerRuntime: Behaviour<RuntimeState, RuntimeConfig> = {
  type: "runtime",
  start: (_context, config, disk) => startFromDisk(config, disk as RuntimeDisk | undefined),
  disk: keepDisk,
  onMessage(state, context, body) {
    applyFault(state, context, body as RuntimeFault);
  },
  onRequest(state, context, body, request) {
    const message = body as RuntimeRequest;
    if (message.type === "packet") servePacket(state, context, message, request);
    else serve(state, context, message, request);
  },
  onReply(state, context, body, tag) {
    if ((tag as CniTag).cni !== undefined) networkAnswered(state, context, body as CniResponse, tag as CniTag);
    else shellPacketAnswered(state, context, tag as ShellPacketTag, body as PacketAnswer);
  },
  onFailure(state, context, reason, tag) {
    if ((tag as CniTag).cni !== undefined) networkFailed(state, context, reason, tag as CniTag);
    else shellPacketAnswered(state, context, tag as ShellPacketTag, { type: "packet-answer", outcome: reason, status: 0, body: "" });
  },
  onOpen(state, _context, _body, stream) {
    state.streams.add(stream);
  },
  onClosed(state, _context, _reason, stream) {
    state.streams.delete(stream);
  },
  onTimer(state, context, name, body) {
    if (name.startsWith(PULL_TIMER)) pullFinished(state, context, body as string);
    else containerTimer(state, context, name, body as string);
  },
};

function containerTimer(state: RuntimeState, context: Context, name: string, id: string): void {
  const container = state.containers.get(id);
  if (container === undefined || container.state !== "running") return;
  if (name.startsWith(KILL_TIMER)) {
    killAfterGrace(state, context, container);
    return;
  }
  if (!name.startsWith(PROCESS_TIMER)) return;
  answerDue(context, container);
  endDue(state, context, container);
  if (running(container)) evaluateHolds(state, context, container);
  if (running(container) && (container.shell !== undefined || container.execs.length > 0)) stepShells(state, context, container);
  else if (running(container)) schedule(context, container);
}

function running(container: RuntimeContainer): boolean {
  return container.state === "running";
}

function serve(state: RuntimeState, context: Context, message: CriRequest, request: number): void {
  switch (message.type) {
    case "cri/RunPodSandbox": runSandbox(state, context, message, request); return;
    case "cri/StopPodSandbox": stopSandbox(state, context, message.sandboxId, request); return;
    case "cri/RemovePodSandbox": removeSandbox(state, context, message.sandboxId, request); return;
    case "cri/PullImage": pullImage(state, context, message.image, request); return;
    case "cri/StopContainer": withContainer(state, context, message.containerId, request, (container) => stopContainer(state, context, container, message.timeoutSeconds, request)); return;
    case "cri/StartContainer": withContainer(state, context, message.containerId, request, (container) => startContainer(state, context, container, request)); return;
    case "cri/ExecSync": withContainer(state, context, message.containerId, request, (container) => execSync(state, context, container, message, request)); return;
    case "probe": serveProbe(state, context, message, request); return;
    default: context.reply(request, answerNow(state, context, message));
  }
}

function answerNow(state: RuntimeState, context: Context, message: CriRequest): CriResponse {
  switch (message.type) {
    case "cri/ImageStatus": return imageStatus(state, message.image);
    case "cri/CreateContainer": return createContainer(state, context, message);
    case "cri/RemoveContainer": return removeContainer(state, context, message.containerId);
    case "cri/ListPodSandbox": return { type: "cri/sandboxes", sandboxes: [...state.sandboxes.values()].map(sandboxStatus) };
    case "cri/ListContainers": return { type: "cri/containers", containers: [...state.containers.values()].map(containerStatus) };
    case "cri/ListImages": return { type: "cri/images", images: [...state.images.values()].map(({ reference, repoDigest, sizeBytes }) => ({ reference, repoDigest, sizeBytes })) };
    case "cri/UpdateVolume": {
      updateVolume(state, message.volume, message.files);
      return { type: "cri/ok" };
    }
    case "cri/ReadLogs": {
      const container = state.containers.get(message.containerId);
      return container === undefined ? notFound(message.containerId) : { type: "cri/logs", lines: readLog(container.log, message) };
    }
    default: return { type: "cri/stats", containers: statsOf(state, context.now) };
  }
}

function statsOf(state: RuntimeState, now: number): { readonly containerId: string; readonly cpuMillis: number; readonly memoryBytes: number }[] {
  return [...state.containers.values()].filter(running).map((container) => ({
    containerId: container.id, cpuMillis: 1, memoryBytes: Math.round(container.programs.reduce((sum, program) => sum + memoryOf(program.process, now), 512 * 1024)),
  }));
}

function notFound(id: string): CriResponse {
  return { type: "cri/error", code: "NotFound", message: `an error occurred when try to find container "${id}": not found` };
}

function withContainer(state: RuntimeState, context: Context, id: string, request: number, act: (container: RuntimeContainer) => void): void {
  const container = state.containers.get(id);
  if (container === undefined) context.reply(request, notFound(id));
  else act(container);
}

function execSync(state: RuntimeState, context: Context, container: RuntimeContainer, message: CriRequest & { type: "cri/ExecSync" }, request: number): void {
  if (container.state !== "running") {
    answer(context, request, { type: "cri/error", code: "Unknown", message: "container not running" });
    return;
  }
  const problem = execProblem(container, message.command[0] ?? "");
  if (problem !== undefined) {
    answer(context, request, { type: "cri/error", code: "Unknown", message: problem });
    return;
  }
  const machine = startShell(message.command, environment(container.config), container.config.workingDir ?? "/");
  const deadline = message.timeoutSeconds > 0 ? context.now + message.timeoutSeconds * 1000 : Number.POSITIVE_INFINITY;
  container.execs.push({ request, machine, purpose: "exec", deadline, timeoutSeconds: message.timeoutSeconds, stdout: "", stderr: "" });
  stepShells(state, context, container);
}
