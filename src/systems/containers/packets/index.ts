/**
 * Traffic as messages: one request and one answer stand for a whole connection.
 *
 * Path: asker → its node's network (rules, DNAT) → the target node's network → that node's runtime (the program) and
 * back. People and programs outside enter at a node's network (NodePort) or through the cloud's load balancer.
 */

/** A request on the network. `host` is an address or a DNS name; the first network resolves it. */
export interface Packet {
  readonly type: "packet";
  readonly protocol: "TCP" | "UDP" | "SCTP";
  readonly sourceIp: string;
  readonly host: string;
  readonly port: number;
  /** Application request, for programs that speak HTTP or a line protocol. */
  readonly request: { readonly method: string; readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
  /** Set by the network: the address and port after DNAT, and how often it was forwarded (a loop is dropped at 16). */
  readonly hops?: number;
}

/** The answer. `outcome` other than "answer" = no answer from a program. */
export interface PacketAnswer {
  readonly type: "packet-answer";
  readonly outcome: "answer" | "refused" | "reset" | "timeout" | "unreachable" | "no-such-host";
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who answered, e.g. "default/web-7d4-m8r". */
  readonly served?: string;
}
