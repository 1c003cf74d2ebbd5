/**
 * network/<node>: the CNI plugin and the kernel's forwarding of one node. It gives pods their addresses and passes
 * packets on: to the node's own runtime, or to the network of the node behind which the address lies.
 * Simplified: one message and one answer stand for a connection; routes are learnt when first needed.
 */
import type { Behaviour, Context, FailureReason, Message } from "../../../engine/bus/index.ts";
import type { CniRequest, CniResponse } from "../cni/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { prefixOf, releaseAddress, takeAddress } from "./addresses.ts";
import type { NetworkConfig, NetworkState, ResolveRoutes, RoutesResolved } from "./state.ts";
import { translate } from "./translate.ts";

/** A packet with more hops than this goes in circles. */
const MAX_HOPS = 16;
/** Code of a CNI plugin's own errors (CNI specification, error codes 100 and up). */
const PLUGIN_ERROR = 100;

interface RelayTag {
  readonly relay: number;
  /** Destination, to forget its route if nobody answers there. */
  readonly ip: string;
}

interface RouteTag {
  readonly routesFor: string;
}

/** Requests that it serves. */
export type NetworkRequest = CniRequest | Packet;

/** The network of a node. */
export const nodeNetwork: Behaviour<NetworkState, NetworkConfig> = {
  type: "network",
  start(_context, config) {
    return {
      config, prefix: prefixOf(config.podCidr), lastHost: 1, sandboxes: new Map(), addresses: new Map(), hostPorts: new Map(),
      routes: new Map(), waiting: new Map(), rules: undefined,
    };
  },
  onRequest(state, context, body, request) {
    const message = body as NetworkRequest;
    if (message.type === "packet") receive(state, context, message, request);
    else context.reply(request, serveCni(state, message));
  },
  onReply(state, context, body, tag) {
    const routesFor = (tag as RouteTag).routesFor;
    if (routesFor !== undefined) learnRoutes(state, context, body as RoutesResolved, routesFor);
    else context.reply((tag as RelayTag).relay, body);
  },
  onFailure(state, context, reason, tag) {
    const routesFor = (tag as RouteTag).routesFor;
    if (routesFor !== undefined) releaseWaiting(state, context, routesFor);
    else relayFailure(state, context, reason, tag as RelayTag);
  },
};

function serveCni(state: NetworkState, message: CniRequest): CniResponse {
  if (message.type === "cni/ADD") return addSandbox(state, message);
  if (message.type === "cni/DEL") {
    releaseAddress(state, message.sandboxId);
    return { type: "cni/ok", ip: "" };
  }
  const ip = state.sandboxes.get(message.sandboxId);
  return ip === undefined ? { type: "cni/error", code: PLUGIN_ERROR, message: "sandbox has no address" } : { type: "cni/ok", ip };
}

function addSandbox(state: NetworkState, message: CniRequest & { type: "cni/ADD" }): CniResponse {
  const ip = takeAddress(state, message.sandboxId);
  if (ip === undefined) return { type: "cni/error", code: PLUGIN_ERROR, message: `failed to allocate for range 0: no IP addresses available in range set: ${state.prefix}1-${state.prefix}254` };
  for (const { hostPort, containerPort, protocol } of message.hostPorts) {
    state.hostPorts.set(`${protocol}/${hostPort}`, { sandboxId: message.sandboxId, ip, port: containerPort });
  }
  return { type: "cni/ok", ip };
}

function noAnswer(outcome: PacketAnswer["outcome"]): PacketAnswer {
  return { type: "packet-answer", outcome, status: 0, body: "" };
}

/** A packet came in: from a local program, from another node, or from outside. */
function receive(state: NetworkState, context: Context, packet: Packet, request: number): void {
  const hops = (packet.hops ?? 0) + 1;
  if (hops > MAX_HOPS) {
    context.reply(request, noAnswer("timeout"));
    return;
  }
  const translation = translate(state, packet);
  if (translation.kind === "refuse") context.reply(request, noAnswer("refused"));
  else if (translation.kind === "drop") context.reply(request, noAnswer("timeout"));
  else forward(state, context, { ...translation.packet, hops }, request);
}

function forward(state: NetworkState, context: Context, packet: Packet, request: number): void {
  const next = nextHop(state, packet.host);
  if (next === undefined && packet.host.startsWith(state.prefix)) {
    context.reply(request, noAnswer("unreachable"));
    return;
  }
  if (next !== undefined) {
    const tag: RelayTag = { relay: request, ip: packet.host };
    context.request(next, packet, tag, 10_000);
    return;
  }
  const waiting = state.waiting.get(packet.host);
  if (waiting !== undefined) {
    waiting.push({ request, packet });
    return;
  }
  state.waiting.set(packet.host, [{ request, packet }]);
  const ask: ResolveRoutes = { type: "network/ResolveRoutes", ip: packet.host };
  const tag: RouteTag = { routesFor: packet.host };
  context.request(state.config.routeSource, ask, tag, 10_000);
}

function nextHop(state: NetworkState, ip: string): string | undefined {
  if (state.addresses.has(ip) || ip === state.config.nodeIp || ip === "127.0.0.1") return state.config.runtime;
  return state.routes.get(ip) ?? state.routes.get(prefixOf(ip));
}

function learnRoutes(state: NetworkState, context: Context, body: RoutesResolved, ip: string): void {
  if ((body as Message).type === "network/routes") {
    for (const route of body.routes) if (route.network !== context.self) state.routes.set(route.prefix, route.network);
  }
  releaseWaiting(state, context, ip);
}

/** Sends on what waited for a route; what still has none is unreachable (a local address nobody has: no host answers). */
function releaseWaiting(state: NetworkState, context: Context, ip: string): void {
  const waiting = state.waiting.get(ip) ?? [];
  state.waiting.delete(ip);
  const known = nextHop(state, ip) !== undefined;
  for (const { request, packet } of waiting) {
    if (known) forward(state, context, packet, request);
    else context.reply(request, noAnswer("unreachable"));
  }
}

function relayFailure(state: NetworkState, context: Context, reason: FailureReason, tag: RelayTag): void {
  state.routes.delete(tag.ip);
  state.routes.delete(prefixOf(tag.ip));
  context.reply(tag.relay, noAnswer(reason));
}
