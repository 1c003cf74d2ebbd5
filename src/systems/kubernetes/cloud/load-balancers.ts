/**
 * cloud-load-balancers: what a cloud provider runs behind its API. It makes load balancers when asked, gives each a
 * public address, and passes packets on to nodes without changing their destination, as pass-through balancers do.
 */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import { nextBelow, seedFrom } from "../../../engine/random/index.ts";
import type { Packet, PacketAnswer } from "../../containers/packets/index.ts";
import { nodeNetworkId } from "../api/index.ts";
import type { HealthChecked } from "../kube-proxy/index.ts";
import { CHECK_TIMER, checkDue, checked, type CheckTag, keepChecking } from "./balancer-health.ts";
import type { BalancerAnswer, BalancerSpec, DeleteBalancer, EnsureBalancer } from "./balancer-messages.ts";
import type { Balancer, LoadBalancersState } from "./balancer-state.ts";

/** What clouds take to make a load balancer with its address (tens of seconds), to change one, and to take one away. */
const CREATE_MS = 15_000;
const CREATE_SPREAD_MS = 10_000;
const CHANGE_MS = 1500;
const DELETE_MS = 3000;
const JOB_TIMER = "job/";
const FORWARD_TIMEOUT_MS = 10_000;
/** Public addresses: the range for documentation (RFC 5737, TEST-NET-3). */
const PUBLIC_PREFIX = "203.0.113.";
const FIRST_PUBLIC = 10;
const LAST_PUBLIC = 250;

/** The cloud's load balancers. All of it survives a crash: the cloud keeps what it has made. */
export const loadBalancers: Behaviour<LoadBalancersState> = {
  type: "cloud-load-balancers",
  start: (_context, _config, disk) => (disk as LoadBalancersState | undefined) ?? { balancers: new Map(), byIp: new Map(), jobs: new Map() },
  disk: (state) => ({ ...state, jobs: new Map() }),
  onRequest(state, context, body, request) {
    if (body.type === "packet") receive(state, context, body as Packet, request);
    else if (body.type === "cloud/EnsureLoadBalancer") ensure(state, context, (body as EnsureBalancer).spec, request);
    else startJob(state, context, (body as DeleteBalancer).name, undefined, DELETE_MS, request);
  },
  onReply(state, context, body, tag) {
    if (typeof tag === "number") context.reply(tag, body);
    else noteCheck(state, tag as CheckTag, (body as HealthChecked).healthy);
  },
  onFailure(state, context, reason, tag) {
    if (typeof tag === "number") context.reply(tag, noAnswer(reason === "refused" ? "timeout" : reason));
    else noteCheck(state, tag as CheckTag, false);
  },
  onTimer(state, context, name, body) {
    if (name.startsWith(JOB_TIMER)) finishJob(state, context, body as string);
    else if (name.startsWith(CHECK_TIMER)) {
      const balancer = state.balancers.get(body as string);
      if (balancer !== undefined) checkDue(balancer, context);
    }
  },
};

function noteCheck(state: LoadBalancersState, { check, node }: CheckTag, healthy: boolean): void {
  const balancer = state.balancers.get(check);
  if (balancer !== undefined) checked(balancer, node, healthy);
}

function noAnswer(outcome: PacketAnswer["outcome"]): PacketAnswer {
  return { type: "packet-answer", outcome, status: 0, body: "" };
}

// ---- the cloud's API -------------------------------------------------------------------------------------------------

function ensure(state: LoadBalancersState, context: Context, spec: BalancerSpec, request: number): void {
  const known = state.balancers.get(spec.name);
  if (known === undefined) startJob(state, context, spec.name, spec, CREATE_MS + nextBelow(context.random, CREATE_SPREAD_MS), request);
  else if (sameSpec(known.spec, spec) && !state.jobs.has(spec.name)) context.reply(request, answerOf(known.ip));
  else startJob(state, context, spec.name, spec, CHANGE_MS, request);
}

/** A change takes its time; a later one of the same balancer joins it and decides what it comes to. */
function startJob(state: LoadBalancersState, context: Context, name: string, spec: BalancerSpec | undefined, delayMs: number, request: number): void {
  const job = state.jobs.get(name);
  if (job === undefined) {
    state.jobs.set(name, { spec, waiting: [request] });
    context.setTimer(JOB_TIMER + name, delayMs, name);
  } else {
    job.spec = spec;
    job.waiting.push(request);
  }
}

function finishJob(state: LoadBalancersState, context: Context, name: string): void {
  const job = state.jobs.get(name);
  if (job === undefined) return;
  state.jobs.delete(name);
  const answer = job.spec === undefined ? takeAway(state, name) : put(state, job.spec);
  for (const request of job.waiting) context.reply(request, answer);
}

function takeAway(state: LoadBalancersState, name: string): BalancerAnswer {
  const known = state.balancers.get(name);
  state.balancers.delete(name);
  if (known !== undefined) state.byIp.delete(known.ip);
  return answerOf("");
}

function put(state: LoadBalancersState, spec: BalancerSpec): BalancerAnswer {
  const known = state.balancers.get(spec.name);
  if (known !== undefined) {
    known.spec = spec;
    known.healthy = spec.nodes;
    for (const node of known.failures.keys()) if (!spec.nodes.includes(node)) known.failures.delete(node);
    return answerOf(known.ip);
  }
  const ip = freeIp(state, spec.wantedIp);
  if (ip === undefined) return { type: "cloud/LoadBalancer", ip: "", error: spec.wantedIp === "" ? "quota exceeded: no public address is left" : `address ${spec.wantedIp} is not available` };
  state.balancers.set(spec.name, { spec, ip, failures: new Map(), healthy: spec.nodes, trafficAt: Number.NEGATIVE_INFINITY });
  state.byIp.set(ip, spec.name);
  return answerOf(ip);
}

function freeIp(state: LoadBalancersState, wanted: string): string | undefined {
  if (wanted !== "") return wanted.startsWith(PUBLIC_PREFIX) && !state.byIp.has(wanted) ? wanted : undefined;
  for (let host = FIRST_PUBLIC; host <= LAST_PUBLIC; host++) if (!state.byIp.has(PUBLIC_PREFIX + host)) return PUBLIC_PREFIX + host;
  return undefined;
}

function answerOf(ip: string): BalancerAnswer {
  return { type: "cloud/LoadBalancer", ip, error: "" };
}

function sameSpec(a: BalancerSpec, b: BalancerSpec): boolean {
  return a.localOnly === b.localOnly && a.sticky === b.sticky && sameItems(a.nodes, b.nodes)
    && sameItems(a.ports.map(portName), b.ports.map(portName)) && (b.wantedIp === "" || a.wantedIp === b.wantedIp);
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function portName({ port, protocol }: { readonly port: number; readonly protocol: string }): string {
  return `${protocol}/${port}`;
}

// ---- packets -----------------------------------------------------------------------------------------------------------

function receive(state: LoadBalancersState, context: Context, packet: Packet, request: number): void {
  const balancer = state.balancers.get(state.byIp.get(packet.host) ?? "");
  if (balancer === undefined) {
    context.reply(request, noAnswer("unreachable"));
    return;
  }
  keepChecking(balancer, context);
  const node = listens(balancer, packet) ? chooseNode(balancer, context, packet) : undefined;
  // What it doesn't listen to vanishes: the client's patience runs out.
  if (node !== undefined) context.request(nodeNetworkId(node), packet, request, FORWARD_TIMEOUT_MS);
}

function listens(balancer: Balancer, packet: Packet): boolean {
  return balancer.spec.ports.some(({ port, protocol }) => port === packet.port && protocol === packet.protocol);
}

function chooseNode(balancer: Balancer, context: Context, packet: Packet): string | undefined {
  const { healthy } = balancer;
  if (healthy.length === 0) return undefined;
  return healthy[balancer.spec.sticky ? seedFrom(packet.sourceIp) % healthy.length : nextBelow(context.random, healthy.length)];
}
