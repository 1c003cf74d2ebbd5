/** Addresses and names of a cluster's machines, as its site knows them: the routes every kernel has from the start. */
import { CLUSTER_DNS, nodeNetworkId } from "../api/index.ts";
import { DNS_POD_ADDRESS } from "../cluster-dns/index.ts";
import type { NodeSpec } from "./spec.ts";

/** Both frozen, to be shared by all components of a world. */
export interface SiteAddresses {
  /** Component by pod range ("10.244.3.") or node address. */
  readonly routes: ReadonlyMap<string, string>;
  /** Node address by node name. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** Address of the n-th node: they count up from 192.168.0.12 (a private range, RFC 1918). */
export function nodeAddress(index: number): string {
  return `192.168.${Math.floor((index + 11) / 250)}.${((index + 11) % 250) + 1}`;
}

/** "10.244.3." of "10.244.3.0/24". */
export function podPrefix(podCidr: string): string {
  return podCidr.slice(0, podCidr.lastIndexOf(".") + 1);
}

/** The addresses of all nodes, and of the DNS. */
export function siteAddresses(nodes: readonly NodeSpec[]): SiteAddresses {
  const routes = new Map<string, string>([[podPrefix(DNS_POD_ADDRESS), CLUSTER_DNS]]);
  const hosts = new Map<string, string>();
  for (const [index, node] of nodes.entries()) {
    const address = nodeAddress(index);
    routes.set(podPrefix(node.podCidr), nodeNetworkId(node.name));
    routes.set(address, nodeNetworkId(node.name));
    hosts.set(node.name.toLowerCase(), address);
  }
  return { routes: Object.freeze(routes), hosts: Object.freeze(hosts) };
}
