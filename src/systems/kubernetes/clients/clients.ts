/**
 * clients: programs that call a service at a rate and count what comes back. Those outside send over the internet to a
 * node or a load balancer; those inside run on every node and take turns, so that a machine without power sends nothing.
 */
import type { Behaviour, Context, FailureReason } from "../../../engine/bus/index.ts";
import { nextFloat } from "../../../engine/random/index.ts";
import type { Packet, PacketAnswer } from "../../containers/packets/index.ts";
import { countAnswered, countFailed, countSent, tellFailures, withdraw } from "./counters.ts";
import type { ClientProgram, ClientsConfig, ClientsState, ClientSpec, Pending, SetClient, Target } from "./state.ts";
import { parseTarget } from "./target.ts";

/** How long a client waits for an answer. */
const PATIENCE_MS = 5000;
/** A machine that doesn't take a request in that time is off: just less than a client's patience. */
const ENTRY_TIMEOUT_MS = PATIENCE_MS - 10;
const RETRY_ENTRY_MS = 5000;
const MOST_PER_SECOND = 1000;
const MOST_CLIENTS = 100;
/** Requests come evenly, give or take this share of their distance. */
const JITTER = 0.1;
const SEND_TIMER = "send/";
const PATIENCE_TIMER = "patience";

const REASONS: Readonly<Record<Exclude<PacketAnswer["outcome"], "answer">, string>> = {
  refused: "connection refused", reset: "connection reset by peer", timeout: "no answer within 5 s", unreachable: "no route to host", "no-such-host": "no such host",
};

/** The programs that send traffic. */
export const clients: Behaviour<ClientsState, ClientsConfig> = {
  type: "clients",
  start: (_context, config) => ({ config, programs: new Map(), pending: new Map(), nextNumber: 1, nextEntry: 0, dead: new Map() }),
  onMessage(state, context, body) {
    if (body.type === "clients/set") setClient(state, context, body as SetClient);
  },
  onTimer(state, context, name, body) {
    if (name === PATIENCE_TIMER) loseDue(state, context);
    else sendNext(state, context, body as string);
  },
  onReply: (state, context, body, tag) => answered(state, context, body as PacketAnswer, tag as number),
  onFailure: (state, context, reason, tag) => unsent(state, context, reason, tag as number),
};

function setClient(state: ClientsState, context: Context, { on, spec: given }: SetClient): void {
  const spec = readSpec(given);
  const known = state.programs.get(spec.name);
  if (!on) {
    if (known?.on === true) stop(known, context);
    return;
  }
  if (known === undefined && state.programs.size >= MOST_CLIENTS) return;
  const program = known ?? createProgram(spec, state.programs.size);
  const started = !program.on;
  state.programs.set(spec.name, program);
  Object.assign(program, { spec, target: parseTarget(spec.url), on: true, startedAt: context.now, next: 0 });
  if (started) context.note("TrafficStarted", `client/${spec.name}`, { client: spec.name, url: spec.url, perSecond: spec.perSecond, from: spec.from });
  schedule(program, context);
}

/** What was given, made whole: it may come from a file that somebody wrote. */
function readSpec(given: Partial<ClientSpec> | undefined): ClientSpec {
  const perSecond = Number(given?.perSecond);
  return {
    name: String(given?.name ?? "client"), url: String(given?.url ?? ""), perSecond: perSecond > 0 ? Math.min(perSecond, MOST_PER_SECOND) : 0,
    from: given?.from === "outside" ? "outside" : "inside",
  };
}

/** Addresses outside are of the range for documentation (RFC 5737, TEST-NET-2). */
function createProgram(spec: ClientSpec, index: number): ClientProgram {
  return {
    spec, target: undefined, on: false, sourceIp: `198.51.100.${10 + (index % 200)}`, startedAt: 0, next: 0,
    sent: 0, answered: 0, failed: 0, rows: [], errors: [], toldAt: Number.NEGATIVE_INFINITY, untold: 0,
  };
}

function stop(program: ClientProgram, context: Context): void {
  const { name } = program.spec;
  program.on = false;
  context.cancelTimer(SEND_TIMER + name);
  context.note("TrafficStopped", `client/${name}`, { client: name, url: program.spec.url, sent: program.sent, failed: program.failed });
}

function schedule(program: ClientProgram, context: Context): void {
  const { name, perSecond } = program.spec;
  if (perSecond <= 0) return;
  const periodMs = 1000 / perSecond;
  const at = program.startedAt + periodMs * (program.next + (nextFloat(context.random) - 0.5) * 2 * JITTER);
  program.next++;
  context.setTimer(SEND_TIMER + name, Math.max(0, Math.round(at - context.now)), name);
}

function sendNext(state: ClientsState, context: Context, name: string): void {
  const program = state.programs.get(name);
  if (program?.on !== true) return;
  tellFailures(program, context);
  if (program.target === undefined) sendNowhere(program, context, `"${program.spec.url}" is not a URL`);
  else if (program.spec.from === "inside") sendInside(state, context, program, program.target);
  else sendOutside(state, context, program, program.target);
  schedule(program, context);
}

function sendNowhere(program: ClientProgram, context: Context, reason: string): void {
  countSent(program, context.now);
  countFailed(program, context, reason);
}

function sendInside(state: ClientsState, context: Context, program: ClientProgram, target: Target): void {
  const index = takeEntry(state, context.now);
  const entry = state.config.entries[index];
  if (entry !== undefined) send(state, context, program, entry.network, packetTo(target, target.host, entry.sourceIp), index);
}

/** The next machine in turn that runs; -1 when none does. One that was off is tried again now and then. */
function takeEntry(state: ClientsState, now: number): number {
  const { entries } = state.config;
  for (let tried = 0; tried < entries.length; tried++) {
    const index = state.nextEntry % entries.length;
    state.nextEntry = index + 1;
    const until = state.dead.get(index);
    if (until === undefined) return index;
    if (until > now) continue;
    state.dead.set(index, now + PATIENCE_MS + RETRY_ENTRY_MS);
    return index;
  }
  return -1;
}

function sendOutside(state: ClientsState, context: Context, program: ClientProgram, target: Target): void {
  const { routes, gateway, hosts } = state.config;
  const ip = /^[\d.]+$/.test(target.host) ? target.host : hosts.get(target.host.toLowerCase());
  if (ip === undefined) sendNowhere(program, context, REASONS["no-such-host"]);
  else send(state, context, program, routes.get(ip) ?? gateway, packetTo(target, ip, program.sourceIp), -1);
}

function packetTo(target: Target, host: string, sourceIp: string): Packet {
  return { type: "packet", protocol: "TCP", sourceIp, host, port: target.port, request: { method: "GET", path: target.path } };
}

function send(state: ClientsState, context: Context, program: ClientProgram, to: string, packet: Packet, entry: number): void {
  const number = state.nextNumber++;
  countSent(program, context.now);
  state.pending.set(number, { client: program.spec.name, sentAt: context.now, entry });
  context.request(to, packet, number, entry < 0 ? PATIENCE_MS : ENTRY_TIMEOUT_MS);
  if (!context.hasTimer(PATIENCE_TIMER)) context.setTimer(PATIENCE_TIMER, PATIENCE_MS);
}

/** Gives up on requests that have waited long enough, and waits for the oldest of the rest. */
function loseDue(state: ClientsState, context: Context): void {
  for (const [number, pending] of state.pending) {
    const leftMs = pending.sentAt + PATIENCE_MS - context.now;
    if (leftMs > 0) {
      context.setTimer(PATIENCE_TIMER, leftMs);
      return;
    }
    state.pending.delete(number);
    fail(state, context, pending, REASONS.timeout);
  }
}

function answered(state: ClientsState, context: Context, answer: PacketAnswer, number: number): void {
  const pending = state.pending.get(number);
  if (pending === undefined) return;
  state.pending.delete(number);
  if (state.dead.size > 0) state.dead.delete(pending.entry);
  const program = state.programs.get(pending.client);
  if (program === undefined) return;
  if (answer.outcome === "answer" && answer.status < 500) countAnswered(program, context.now, context.now - pending.sentAt, answer.served);
  else countFailed(program, context, reasonOf(answer));
}

function reasonOf(answer: PacketAnswer): string {
  if (answer.outcome === "answer") return `HTTP status ${answer.status}`;
  return answer.outcome === "no-such-host" && answer.body !== "" ? answer.body : REASONS[answer.outcome];
}

/** The first machine on the way did not take the request: from inside it is the sender's own, so nothing was sent. */
function unsent(state: ClientsState, context: Context, reason: FailureReason, number: number): void {
  const pending = state.pending.get(number);
  if (pending === undefined) return;
  state.pending.delete(number);
  if (pending.entry < 0) {
    fail(state, context, pending, REASONS[reason]);
    return;
  }
  state.dead.set(pending.entry, context.now + RETRY_ENTRY_MS);
  const program = state.programs.get(pending.client);
  if (program !== undefined) withdraw(program, pending.sentAt);
}

function fail(state: ClientsState, context: Context, pending: Pending, reason: string): void {
  const program = state.programs.get(pending.client);
  if (program !== undefined) countFailed(program, context, reason);
}
