/**
 * Names in packets: the network asks the cluster's DNS for whoever sends, as the resolver in a container does.
 * Simplified: answers are kept for their time to live (glibc keeps none; many programs keep connections instead), and
 * one question stands for the search list (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).
 */
import type { Context } from "../../../engine/bus/index.ts";
import { nextBelow } from "../../../engine/random/index.ts";
import type { Packet } from "../packets/index.ts";
import type { NameQuery, NetworkState } from "./state.ts";

/** Asks for the addresses of a name. */
export interface ResolveName extends NameQuery {
  readonly type: "network/ResolveName";
}

/** The answer; no addresses = there is no such name. */
export interface NameResolved {
  readonly type: "network/name";
  readonly addresses: readonly string[];
  readonly ttlMs: number;
}

/** Namespace of programs on the node itself, outside any pod. */
const NODE_NAMESPACE = "default";
/** Names kept at most; the oldest goes first. */
const MOST_NAMES = 200;
/** How long a resolver waits (resolv.conf's default timeout). */
const RESOLVE_TIMEOUT_MS = 5000;

/** The question that a packet's host name is. */
export function queryOf(state: NetworkState, packet: Packet): NameQuery {
  const sandbox = state.sandboxes.get(state.addresses.get(packet.sourceIp) ?? "");
  return { name: packet.host, namespace: sandbox?.namespace ?? NODE_NAMESPACE };
}

/** An address of a name that is known and not too old, one of several at random. */
export function knownAddress(state: NetworkState, context: Context, query: NameQuery): string | undefined {
  const known = state.names.get(keyOf(query));
  if (known === undefined || known.expiresAt <= context.now) return undefined;
  const { addresses } = known;
  return addresses.length === 1 ? addresses[0] : addresses[nextBelow(context.random, addresses.length)];
}

/** Lets a packet wait until its name is resolved. */
export function awaitName(state: NetworkState, context: Context, query: NameQuery, packet: Packet, request: number): void {
  const key = keyOf(query);
  const waiting = state.waiting.get(key);
  if (waiting !== undefined) {
    waiting.packets.push({ request, packet });
    return;
  }
  state.waiting.set(key, { query, packets: [{ request, packet }] });
  const question: ResolveName = { type: "network/ResolveName", ...query };
  context.request(state.config.nameServer, question, key, RESOLVE_TIMEOUT_MS, true);
}

/** Keeps an answer; returns the packets that waited for it. */
export function nameResolved(state: NetworkState, context: Context, key: string, answer: NameResolved): readonly { readonly request: number; readonly packet: Packet }[] {
  state.names.delete(key);
  if (answer.addresses.length > 0) state.names.set(key, { addresses: answer.addresses, expiresAt: context.now + answer.ttlMs });
  if (state.names.size > MOST_NAMES) for (const oldest of state.names.keys()) { state.names.delete(oldest); break; }
  return takeWaiting(state, key);
}

/** The packets that waited for a name. */
export function takeWaiting(state: NetworkState, key: string): readonly { readonly request: number; readonly packet: Packet }[] {
  const waiting = state.waiting.get(key)?.packets ?? [];
  state.waiting.delete(key);
  return waiting;
}

function keyOf(query: NameQuery): string {
  return `${query.namespace} ${query.name}`;
}
