/** Traffic that arrives for the node's pods: which program answers, what, and how late. */
import type { Context } from "../../../engine/bus/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { answerRequest, listensOn } from "../programs/index.ts";
import { answer } from "./answer.ts";
import { schedule } from "./programs.ts";
import type { RunningProgram, RuntimeContainer, RuntimeState, Sandbox } from "./state.ts";

/** Slower answers than this are held here, so that a process that ends meanwhile resets them. */
const SLOW_MS = 50;

interface Found {
  readonly sandbox: Sandbox;
  readonly container: RuntimeContainer;
  readonly program: RunningProgram;
}

/** Serves a packet: an answer, a refusal, or nothing at all where no pod has the address. */
export function servePacket(state: RuntimeState, context: Context, packet: Packet, request: number): void {
  const found = findListener(state, packet, context.now);
  if (found === "no-pod" || found === undefined) {
    answer(context, request, { type: "packet-answer", outcome: found === undefined ? "refused" : "unreachable", status: 0, body: "" });
    return;
  }
  const { sandbox, container, program } = found;
  const at = { now: context.now, hostname: sandbox.hostname, ip: sandbox.ip, clientIp: packet.sourceIp, port: packet.port, files: container.files };
  const served = answerRequest(program.process, packet.request, at);
  const body: PacketAnswer = {
    type: "packet-answer", outcome: "answer", status: served.status, body: served.body, served: `${sandbox.namespace}/${sandbox.podName}`,
    ...(served.headers === undefined ? {} : { headers: served.headers }),
  };
  const latencyMs = served.latencyMs ?? program.process.latencyMs;
  if (latencyMs < SLOW_MS) context.reply(request, body, latencyMs);
  else {
    container.serving.set(request, { at: context.now + latencyMs, body });
    schedule(context, container);
  }
}

/** Sends the slow answers that are due. */
export function answerDue(context: Context, container: RuntimeContainer): void {
  for (const [request, { at, body }] of container.serving) {
    if (at > context.now) continue;
    container.serving.delete(request);
    context.reply(request, body as PacketAnswer);
  }
}

function findListener(state: RuntimeState, packet: Packet, now: number): Found | "no-pod" | undefined {
  const sandboxId = state.byIp.get(packet.host);
  const own = sandboxId === undefined ? undefined : state.sandboxes.get(sandboxId);
  if (own !== undefined) return inSandbox(state, own, packet.port, now);
  if (packet.host !== state.config.nodeIp && packet.host !== "127.0.0.1") return "no-pod";
  for (const id of state.hostSandboxes) {
    const sandbox = state.sandboxes.get(id);
    const found = sandbox === undefined ? undefined : inSandbox(state, sandbox, packet.port, now);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inSandbox(state: RuntimeState, sandbox: Sandbox, port: number, now: number): Found | undefined {
  for (const id of sandbox.containers) {
    const container = state.containers.get(id);
    if (container?.state !== "running") continue;
    for (const program of container.programs) if (listensOn(program.process, port, now)) return { sandbox, container, program };
  }
  return undefined;
}
