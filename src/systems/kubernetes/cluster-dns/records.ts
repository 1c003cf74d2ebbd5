/**
 * Names of services and pods (https://github.com/kubernetes/dns/blob/master/docs/specification.md, A records; the
 * search list: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).
 */
import { byIndex, type ObjectCache } from "../../../engine/reconcile/index.ts";
import type { Endpoint, EndpointSlice, Service } from "../api/index.ts";

/** What the records are made from. */
export interface Zone {
  readonly services: ObjectCache<Service>;
  readonly slices: ObjectCache<EndpointSlice>;
  /** Names outside the cluster, such as those of machines, with their addresses. */
  readonly hosts: ReadonlyMap<string, string>;
}

const DOMAIN = "cluster.local";
/** ExternalName may lead to another name of the cluster; a circle ends here (CoreDNS plugin/pkg/upstream follows 8 at most). */
const MOST_ALIASES = 8;
/** Names with fewer dots are tried with the search list first (resolv.conf's ndots as the kubelet writes it). */
const NDOTS = 5;

/** The addresses of a name as a pod of the namespace would find them; empty = no such name. */
export function resolveName(zone: Zone, name: string, namespace: string): readonly string[] {
  const lower = name.toLowerCase();
  const absolute = lower.endsWith(".") ? lower.slice(0, -1) : lower;
  const searched = absolute.split(".").length - 1 < NDOTS && !lower.endsWith(".");
  const tries = searched ? [`${absolute}.${namespace}.svc.${DOMAIN}`, `${absolute}.svc.${DOMAIN}`, `${absolute}.${DOMAIN}`, absolute] : [absolute];
  for (const attempt of tries) {
    const found = lookUp(zone, attempt, 0);
    if (found.length > 0) return found;
  }
  return [];
}

function lookUp(zone: Zone, name: string, aliases: number): readonly string[] {
  if (!name.endsWith(`.${DOMAIN}`)) {
    const address = zone.hosts.get(name);
    return address === undefined ? [] : [address];
  }
  const labels = name.slice(0, -DOMAIN.length - 1).split(".");
  const kind = labels.pop();
  const namespace = labels.pop() ?? "";
  if (kind === "pod") return labels.length === 1 ? dashedAddress(labels[0] ?? "") : [];
  if (kind !== "svc" || labels.length === 0 || labels.length > 2) return [];
  const service = zone.services.items.get(`${namespace}/${labels.at(-1) ?? ""}`);
  if (service === undefined) return [];
  return labels.length === 2 ? endpointAddresses(zone, service, labels[0]) : serviceAddresses(zone, service, aliases);
}

function serviceAddresses(zone: Zone, service: Service, aliases: number): readonly string[] {
  const { type, externalName, clusterIP, clusterIPs } = service.spec ?? {};
  if (type === "ExternalName") return aliases < MOST_ALIASES ? lookUp(zone, (externalName ?? "").replace(/\.$/, ""), aliases + 1) : [];
  if (clusterIP === "None") return endpointAddresses(zone, service, undefined);
  return (clusterIPs ?? [clusterIP ?? ""]).filter((ip) => ip.includes("."));
}

/** Addresses of a headless service's ready endpoints: all, or the one with a host name (or its address with dashes). */
function endpointAddresses(zone: Zone, service: Service, hostname: string | undefined): readonly string[] {
  const { namespace = "", name = "" } = service.metadata ?? {};
  const found = new Set<string>();
  for (const slice of byIndex(zone.slices, "service", `${namespace}/${name}`)) {
    if (slice.addressType !== "IPv4") continue;
    for (const endpoint of slice.endpoints ?? []) if (isPublished(endpoint) && isNamed(endpoint, hostname)) for (const ip of endpoint.addresses) found.add(ip);
  }
  return [...found];
}

function isPublished(endpoint: Endpoint): boolean {
  return endpoint.conditions?.ready !== false;
}

function isNamed(endpoint: Endpoint, hostname: string | undefined): boolean {
  return hostname === undefined || (endpoint.hostname ?? endpoint.addresses[0]?.replaceAll(".", "-")) === hostname;
}

/** "10-244-1-7" is 10.244.1.7 (CoreDNS plugin/kubernetes, "pods insecure" as kubeadm sets it). */
function dashedAddress(label: string): readonly string[] {
  return /^\d{1,3}(-\d{1,3}){3}$/.test(label) ? [label.replaceAll("-", ".")] : [];
}
