/**
 * Rules for the addresses of services, as plain data. Whoever programs them (kube-proxy) works out what is the same on
 * every node; the node's network looks up its own part. So one frozen set of rules serves all nodes, and it stays in
 * force without its author, as the kernel's rules do.
 */

/** Where traffic for a service can end. */
export interface RuleEndpoint {
  readonly ip: string;
  readonly port: number;
}

/** The endpoints of one port of a service, by who may use them. */
export interface EndpointSet {
  /** For traffic that may go anywhere: the ready ones, or while there are none those that still serve as they end. */
  readonly cluster: readonly RuleEndpoint[];
  /** By node, for traffic that has to stay on it. */
  readonly local: ReadonlyMap<string, readonly RuleEndpoint[]>;
  /** By node and by zone, where every ready endpoint has a hint whom it is meant for; else undefined. */
  readonly nodeHints: ReadonlyMap<string, readonly RuleEndpoint[]> | undefined;
  readonly zoneHints: ReadonlyMap<string, readonly RuleEndpoint[]> | undefined;
}

/** One address and port that is translated. */
export interface RuleEntry {
  /** As {@link ruleKey} makes it. */
  readonly key: string;
  /** "namespace/name" of the service. */
  readonly service: string;
  /** Name of the service's port; parts ports for session affinity. */
  readonly port: string;
  /** Traffic from outside (node ports, load balancers, external addresses), or to the cluster address. */
  readonly external: boolean;
  /** Only endpoints of the node that the traffic enters (internalTrafficPolicy, externalTrafficPolicy: Local). */
  readonly localOnly: boolean;
  /** How long a client stays with its endpoint, ms; 0 = it doesn't. */
  readonly affinityMs: number;
  /** Ranges that may use it (loadBalancerSourceRanges); empty = everybody. */
  readonly sourceRanges: readonly string[];
  readonly endpoints: EndpointSet;
}

/** All rules of one service. */
export interface ServiceRules {
  readonly service: string;
  readonly entries: readonly RuleEntry[];
}

/** Programs rules: all of them (`full`), or those of some services. */
export interface SetServiceRules {
  readonly type: "network/SetServiceRules";
  readonly full: boolean;
  readonly changed: readonly ServiceRules[];
  readonly removed: readonly string[];
}

/** The rules in force on a node. */
export interface RuleTable {
  readonly services: Map<string, ServiceRules>;
  readonly entries: Map<string, RuleEntry>;
}

/** No rules. */
export function createRuleTable(): RuleTable {
  return { services: new Map(), entries: new Map() };
}

/** The key of an address and port; address "" = a node port, on every address of the node. */
export function ruleKey(ip: string, port: number, protocol: string): string {
  return `${ip}:${port}/${protocol}`;
}

/** Puts rules in force. */
export function programRules(table: RuleTable, message: SetServiceRules): void {
  if (message.full) {
    table.services.clear();
    table.entries.clear();
  }
  for (const service of message.removed) removeService(table, service);
  for (const rules of message.changed) {
    removeService(table, rules.service);
    table.services.set(rules.service, rules);
    for (const entry of rules.entries) table.entries.set(entry.key, entry);
  }
}

function removeService(table: RuleTable, service: string): void {
  const known = table.services.get(service);
  if (known === undefined) return;
  table.services.delete(service);
  for (const { key } of known.entries) if (table.entries.get(key)?.service === service) table.entries.delete(key);
}
