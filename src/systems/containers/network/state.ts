/** A node's network as plain data. */
import type { Packet } from "../packets/index.ts";
import type { RuleTable } from "./service-rules.ts";

/** What a node's network is made from. */
export interface NetworkConfig {
  readonly node: string;
  readonly nodeIp: string;
  /** "10.244.3.0/24". */
  readonly podCidr: string;
  /** topology.kubernetes.io/zone of the node; absent = none. */
  readonly zone?: string;
  /** Component of this node's runtime: where packets for local pods go. */
  readonly runtime: string;
  /**
   * The kernel's routes: component by prefix ("10.244.3.") or whole address. One frozen map can serve all nodes; they
   * stay in force whatever becomes of the control plane.
   */
  readonly routes: ReadonlyMap<string, string>;
  /** Component that answers {@link ResolveName}. */
  readonly nameServer: string;
  /** Component that programs the rules, told when they were lost. */
  readonly rulesAuthor?: string;
}

/** A name and the namespace of the pod that asks (for its search list). */
export interface NameQuery {
  readonly name: string;
  readonly namespace: string;
}

/** An answer as a node keeps it. */
export interface KnownName {
  readonly addresses: readonly string[];
  readonly expiresAt: number;
}

/** A pod's sandbox on this network. */
export interface Attachment {
  readonly ip: string;
  readonly namespace: string;
}

/** Where a port of the host leads. */
export interface HostPort {
  readonly sandboxId: string;
  readonly ip: string;
  readonly port: number;
}

/** Component state. */
export interface NetworkState {
  readonly config: NetworkConfig;
  /** "10.244.3." */
  readonly prefix: string;
  /** Last part of the address that was given out last; addresses are given out in a ring, as host-local does. */
  lastHost: number;
  readonly sandboxes: Map<string, Attachment>;
  /** Sandbox by address. */
  readonly addresses: Map<string, string>;
  /** Ports of the host that pods have asked for: "TCP/8080" → address and port of the pod. */
  readonly hostPorts: Map<string, HostPort>;
  readonly rules: RuleTable;
  /** Endpoint that a client of a service with affinity was last sent to, by service, port and client address. */
  readonly affinity: Map<string, { readonly ip: string; readonly port: number; lastAt: number }>;
  /** Names resolved of late, by {@link NameQuery}'s key. */
  readonly names: Map<string, KnownName>;
  /** Packets that wait for a name. */
  readonly waiting: Map<string, { readonly query: NameQuery; readonly packets: { readonly request: number; readonly packet: Packet }[] }>;
}

/** What of it survives on the node's disk. */
export interface NetworkDisk {
  readonly lastHost: number;
  readonly sandboxes: readonly (readonly [string, Attachment])[];
  readonly hostPorts: readonly (readonly [string, HostPort])[];
}
