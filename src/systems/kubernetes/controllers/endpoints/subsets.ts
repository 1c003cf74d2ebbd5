/** The deprecated Endpoints of a service (pkg/controller/endpoint/endpoints_controller.go; pkg/api/v1/endpoints/util.go, RepackSubsets). */
import type { EndpointAddress, EndpointPort, EndpointSubset, Pod, Service } from "../../api/index.ts";
import { isPodReady, isPodTerminal } from "../pods/index.ts";
import { isHeadless, portsOn } from "../services/index.ts";

/** More addresses than this are left out (maxCapacity). */
export const MAX_CAPACITY = 1000;

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly ready: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

/** The subsets of a service: pods with the same ports together, addresses in order. */
export function subsetsOf(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const groups = new Map<string, Group>();
  const publish = service.spec?.publishNotReadyAddresses === true;
  for (const pod of pods) {
    const ip = addressOf(service, pod);
    if (ip === undefined || isPodTerminal(pod) || (pod.metadata?.deletionTimestamp !== undefined && !publish)) continue;
    const ports = endpointPorts(service, pod);
    if (ports.length === 0 && !(isHeadless(service) && (service.spec?.ports ?? []).length === 0)) continue;
    const group = groupFor(groups, ports);
    (publish || isPodReady(pod) ? group.ready : group.notReady).push(addressEntry(service, pod, ip));
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, group]) => subset(group));
}

function groupFor(groups: Map<string, Group>, ports: readonly EndpointPort[]): Group {
  const key = ports.map(({ name = "", port, protocol = "" }) => `${name}:${String(port)}/${protocol}`).sort().join(",");
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group: Group = { ports, ready: [], notReady: [] };
  groups.set(key, group);
  return group;
}

function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  return portsOn(service, pod).map(({ name, ...port }) => (name === "" ? port : { name, ...port }));
}

function subset({ ports, ready, notReady }: Group): EndpointSubset {
  return {
    ...(ready.length === 0 ? {} : { addresses: ready.sort(byIp) }), ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady.sort(byIp) }),
    ...(ports.length === 0 ? {} : { ports }),
  };
}

function byIp(a: EndpointAddress, b: EndpointAddress): number {
  return a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0;
}

/** The pod's address of the service's first family. */
function addressOf(service: Service, pod: Pod): string | undefined {
  const wantsV6 = service.spec?.ipFamilies?.[0] === "IPv6";
  const { podIPs, podIP } = pod.status ?? {};
  const ips = podIPs === undefined || podIPs.length === 0 ? (podIP === undefined || podIP === "" ? [] : [podIP]) : podIPs.map((address) => address.ip);
  return ips.find((ip) => ip.includes(":") === wantsV6);
}

function addressEntry(service: Service, pod: Pod, ip: string): EndpointAddress {
  const { namespace, name, uid } = pod.metadata ?? {};
  const { nodeName, hostname, subdomain } = pod.spec ?? {};
  const hasHostname = hostname !== undefined && hostname !== "" && subdomain === service.metadata?.name;
  return {
    ip,
    ...(hasHostname ? { hostname } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: { kind: "Pod", ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }), ...(uid === undefined ? {} : { uid }) },
  };
}

/** At most {@link MAX_CAPACITY} addresses, ready ones first; true when some were left out. */
export function truncate(subsets: readonly EndpointSubset[]): { readonly subsets: readonly EndpointSubset[]; readonly truncated: boolean } {
  let total = 0;
  for (const { addresses = [], notReadyAddresses = [] } of subsets) total += addresses.length + notReadyAddresses.length;
  if (total <= MAX_CAPACITY) return { subsets, truncated: false };
  let left = MAX_CAPACITY;
  const take = (addresses: readonly EndpointAddress[] = []): readonly EndpointAddress[] => {
    const taken = addresses.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const ready = subsets.map((entry) => take(entry.addresses));
  const notReady = subsets.map((entry) => take(entry.notReadyAddresses));
  const kept = subsets.map((entry, index) => {
    const addresses = ready[index] ?? [];
    const notReadyAddresses = notReady[index] ?? [];
    return {
      ...(addresses.length === 0 ? {} : { addresses }), ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses }),
      ...(entry.ports === undefined ? {} : { ports: entry.ports }),
    };
  });
  return { subsets: kept.filter((entry) => entry.addresses !== undefined || entry.notReadyAddresses !== undefined), truncated: true };
}
