/** A node's network as plain data. */
import type { Packet } from "../packets/index.ts";

/** What a node's network is made from. */
export interface NetworkConfig {
  readonly node: string;
  readonly nodeIp: string;
  /** "10.244.3.0/24". */
  readonly podCidr: string;
  /** Component of this node's runtime: where packets for local pods go. */
  readonly runtime: string;
  /** Component that knows the other nodes' networks; asked when a packet has an address without a known route. */
  readonly routeSource: string;
}

/** One route: addresses that start with the prefix ("10.244.3.") are behind the other component. */
export interface Route {
  readonly prefix: string;
  readonly network: string;
}

/** Component state. */
export interface NetworkState {
  readonly config: NetworkConfig;
  /** "10.244.3." */
  readonly prefix: string;
  /** Last part of the address that was given out last; addresses are given out in a ring, as host-local does. */
  lastHost: number;
  readonly sandboxes: Map<string, string>;
  readonly addresses: Map<string, string>;
  /** Ports of the host that pods have asked for: "TCP/8080" → address and port of the pod. */
  readonly hostPorts: Map<string, { readonly sandboxId: string; readonly ip: string; readonly port: number }>;
  /** Routes to other nodes: pod ranges by prefix, node addresses in full. */
  readonly routes: Map<string, string>;
  /** Packets that wait for a route, by destination address. */
  readonly waiting: Map<string, { readonly request: number; readonly packet: Packet }[]>;
  /** Rules for addresses that are not pods or nodes (services): set by another component, read by `translate`. */
  rules: unknown;
}

/** Asks for the networks behind addresses: one list for all, so that one answer serves many packets. */
export interface ResolveRoutes {
  readonly type: "network/ResolveRoutes";
  readonly ip: string;
}

/** The answer: routes by prefix of an address or by a whole address. */
export interface RoutesResolved {
  readonly type: "network/routes";
  readonly routes: readonly Route[];
}
