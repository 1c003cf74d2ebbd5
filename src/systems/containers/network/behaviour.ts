/**
 * network/<node>: the CNI plugin and the kernel's forwarding of one node. It gives pods their addresses, translates the
 * addresses of services by the rules it was given, and passes packets on: to the node's own runtime, or to the network
 * of the node behind which the address lies. MODEL.md says what is simplified.
 */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import type { CniRequest, CniResponse } from "../cni/index.ts";
import type { CriResponse } from "../cri/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { isAddress, prefixOf, releaseAddress, takeAddress } from "./addresses.ts";
import { awaitName, knownAddress, type NameResolved, nameResolved, queryOf, takeWaiting } from "./names.ts";
import { askSandboxes, keepDisk, recoverSandboxes, type RecoverTag } from "./recover.ts";
import { createRuleTable, programRules, type SetServiceRules } from "./service-rules.ts";
import type { NetworkConfig, NetworkDisk, NetworkState } from "./state.ts";
import { translate } from "./translate.ts";

/** A packet with more hops than this goes in circles. */
const MAX_HOPS = 16;
/** Code of a CNI plugin's own errors (CNI specification, error codes 100 and up). */
const PLUGIN_ERROR = 100;
/** Nobody has the address: the neighbour lookup fails after three tries, one second each (Linux neighbour table, mcast_solicit × retrans_time_ms). */
const NO_NEIGHBOUR_MS = 3000;
/** How long an answer is waited for, so that lost packets are forgotten some time. Clients give up on their own. */
const GIVE_UP_MS = 10_000;
/** kube-proxy looks this often whether its rules are still there (--iptables-sync-period, its canary chain). */
const RULES_CHECK_MS = 30_000;
const LOST_TIMER = "lost/";
const RECOVER_TIMER = "recover";
const RECOVER_RETRY_MS = 1000;

/** Requests that it serves. */
export type NetworkRequest = CniRequest | Packet;

/** Tells the author of the rules that they are gone. */
export interface RulesLost {
  readonly type: "network/RulesLost";
}

/** The network of a node. */
export const nodeNetwork: Behaviour<NetworkState, NetworkConfig> = {
  type: "network",
  start(context, config, disk) {
    const kept = disk as NetworkDisk | undefined;
    if (kept !== undefined) restarted(context, config, kept);
    return {
      config, prefix: prefixOf(config.podCidr), lastHost: kept?.lastHost ?? 1, sandboxes: new Map(), addresses: new Map(), hostPorts: new Map(),
      rules: createRuleTable(), affinity: new Map(), names: new Map(), waiting: new Map(),
    };
  },
  disk: keepDisk,
  onMessage(state, _context, body) {
    if (body.type === "network/SetServiceRules") programRules(state.rules, body as SetServiceRules);
  },
  onRequest(state, context, body, request) {
    const message = body as NetworkRequest;
    if (message.type === "packet") receive(state, context, message, request);
    else context.reply(request, serveCni(state, message));
  },
  onReply(state, context, body, tag) {
    if (typeof tag === "number") context.reply(tag, body);
    else if (typeof tag === "object") recoverSandboxes(state, tag as RecoverTag, body as CriResponse);
    else for (const { request, packet } of nameResolved(state, context, tag as string, body as NameResolved)) sendResolved(state, context, packet, request);
  },
  onFailure(state, context, reason, tag) {
    if (typeof tag === "number") context.reply(tag, noAnswer(reason));
    else if (typeof tag === "object") context.setTimer(RECOVER_TIMER, RECOVER_RETRY_MS, tag);
    else for (const { request } of takeWaiting(state, tag as string)) context.reply(request, noAnswer("no-such-host", "temporary failure in name resolution"));
  },
  onTimer(state, context, name, body) {
    if (name === RECOVER_TIMER) askSandboxes(context, state.config.runtime, (body as RecoverTag).recover);
    else context.reply((body as Lost).request, noAnswer((body as Lost).outcome));
  },
};

/** The interfaces of pods are found again; the rules are not, which their author notices at its next look. */
function restarted(context: Context, config: NetworkConfig, kept: NetworkDisk): void {
  const lost: RulesLost = { type: "network/RulesLost" };
  askSandboxes(context, config.runtime, kept);
  if (config.rulesAuthor !== undefined) context.send(config.rulesAuthor, lost, RULES_CHECK_MS);
}

interface Lost {
  readonly request: number;
  readonly outcome: PacketAnswer["outcome"];
}

function serveCni(state: NetworkState, message: CniRequest): CniResponse {
  if (message.type === "cni/ADD") return addSandbox(state, message);
  if (message.type === "cni/DEL") {
    releaseAddress(state, message.sandboxId);
    return { type: "cni/ok", ip: "" };
  }
  const known = state.sandboxes.get(message.sandboxId);
  return known === undefined ? { type: "cni/error", code: PLUGIN_ERROR, message: "sandbox has no address" } : { type: "cni/ok", ip: known.ip };
}

function addSandbox(state: NetworkState, message: CniRequest & { type: "cni/ADD" }): CniResponse {
  const ip = takeAddress(state, message.sandboxId, message.namespace);
  if (ip === undefined) return { type: "cni/error", code: PLUGIN_ERROR, message: `failed to allocate for range 0: no IP addresses available in range set: ${state.prefix}1-${state.prefix}254` };
  for (const { hostPort, containerPort, protocol } of message.hostPorts) {
    state.hostPorts.set(`${protocol}/${hostPort}`, { sandboxId: message.sandboxId, ip, port: containerPort });
  }
  return { type: "cni/ok", ip };
}

function noAnswer(outcome: PacketAnswer["outcome"], body = ""): PacketAnswer {
  return { type: "packet-answer", outcome, status: 0, body };
}

/** A packet came in: from a local program, from another node, or from outside. */
function receive(state: NetworkState, context: Context, packet: Packet, request: number): void {
  if (packet.hops === undefined && !isAddress(packet.host)) sendToName(state, context, packet, request);
  else sendToAddress(state, context, packet, request);
}

function sendToName(state: NetworkState, context: Context, packet: Packet, request: number): void {
  const query = queryOf(state, packet);
  const host = knownAddress(state, context, query);
  if (host === undefined) awaitName(state, context, query, packet, request);
  else sendToAddress(state, context, { ...packet, host }, request);
}

function sendResolved(state: NetworkState, context: Context, packet: Packet, request: number): void {
  const host = knownAddress(state, context, queryOf(state, packet));
  if (host === undefined) context.reply(request, noAnswer("no-such-host"));
  else sendToAddress(state, context, { ...packet, host }, request);
}

function sendToAddress(state: NetworkState, context: Context, packet: Packet, request: number): void {
  const hops = (packet.hops ?? 0) + 1;
  const translation = hops > MAX_HOPS ? undefined : translate(state, context, packet, hops);
  if (translation?.kind === "forward") forward(state, context, translation.packet, request);
  else if (translation?.kind === "refuse") context.reply(request, noAnswer("refused"));
  else lose(context, request, "timeout", GIVE_UP_MS);
}

function forward(state: NetworkState, context: Context, packet: Packet, request: number): void {
  const { host } = packet;
  const next = nextHop(state, host);
  if (next !== undefined) context.request(next, packet, request, GIVE_UP_MS);
  else if (host.startsWith(state.prefix)) lose(context, request, "unreachable", NO_NEIGHBOUR_MS);
  else context.reply(request, noAnswer("unreachable"));
}

function nextHop(state: NetworkState, ip: string): string | undefined {
  const { nodeIp, runtime, routes } = state.config;
  if (state.addresses.has(ip) || ip === nodeIp || ip === "127.0.0.1") return runtime;
  if (ip.startsWith(state.prefix)) return undefined;
  return routes.get(prefixOf(ip)) ?? routes.get(ip);
}

/** Nobody will answer; the sender is told when its own kernel would notice. */
function lose(context: Context, request: number, outcome: PacketAnswer["outcome"], afterMs: number): void {
  const lost: Lost = { request, outcome };
  context.setTimer(LOST_TIMER + request, afterMs, lost);
}
