/** A pod as an endpoint of a service (staging/src/k8s.io/endpointslice/utils.go, podToEndpoint). */
import type { Endpoint, Pod, Service } from "../../api/index.ts";
import { isPodReady, isPodTerminal } from "../pods/index.ts";
import { type PodPort, portsOn } from "../services/index.ts";
import type { View } from "../runtime/index.ts";

/** IPv4 or IPv6: a slice holds addresses of one family. */
export type AddressType = "IPv4" | "IPv6";

/** An endpoint and the ports it serves. */
export interface DesiredEndpoint {
  readonly uid: string;
  readonly endpoint: Endpoint;
  readonly ports: readonly PodPort[];
}

const ZONE_LABEL = "topology.kubernetes.io/zone";

/** Address families a service has endpoints for (getAddressTypesForService). */
export function addressTypesOf(service: Service): readonly AddressType[] {
  const families = service.spec?.ipFamilies;
  return families === undefined || families.length === 0 ? ["IPv4"] : (families as readonly AddressType[]);
}

/** The endpoint a pod is for a service, or undefined while it has no address, at its end, or on a node that is gone. */
export function endpointOf(service: Service, pod: Pod, family: AddressType, view: View): DesiredEndpoint | undefined {
  if (isPodTerminal(pod)) return undefined;
  const addresses = addressesOf(pod, family);
  if (addresses.length === 0) return undefined;
  const publish = service.spec?.publishNotReadyAddresses === true;
  const { nodeName } = pod.spec ?? {};
  const node = nodeName === undefined ? undefined : view.get("nodes", nodeName);
  if (nodeName !== undefined && nodeName !== "" && node === undefined && !publish) return undefined;
  return { uid: pod.metadata?.uid ?? "", endpoint: describe(service, pod, addresses, publish, node?.metadata?.labels?.[ZONE_LABEL]), ports: portsOn(service, pod) };
}

function describe(service: Service, pod: Pod, addresses: readonly string[], publish: boolean, zone: string | undefined): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata?.deletionTimestamp !== undefined;
  const { namespace, name, uid } = pod.metadata ?? {};
  const { nodeName, hostname, subdomain } = pod.spec ?? {};
  const hasHostname = hostname !== undefined && hostname !== "" && subdomain === service.metadata?.name && namespace === service.metadata?.namespace;
  return {
    addresses,
    conditions: { ready: publish || (serving && !terminating), serving, terminating },
    ...(hasHostname ? { hostname } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: { kind: "Pod", ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }), ...(uid === undefined ? {} : { uid }) },
    ...(zone === undefined ? {} : { zone }),
  };
}

function addressesOf(pod: Pod, family: AddressType): readonly string[] {
  const { podIPs, podIP } = pod.status ?? {};
  const ips = podIPs === undefined || podIPs.length === 0 ? (podIP === undefined || podIP === "" ? [] : [podIP]) : podIPs.map((address) => address.ip);
  return ips.filter((ip) => ip.includes(":") === (family === "IPv6"));
}
