/**
 * Cluster IPs and node ports. Simplified: the numbers in use are worked out from the Services themselves, not kept in
 * IPAddress and RangeAllocation objects. Source of rules and wording: kubernetes v1.36
 * pkg/registry/core/service/storage/alloc.go and pkg/registry/core/service/{ipallocator,portallocator}.
 */
import { extended } from "../../../../base/plain/index.ts";
import { nextBelow, type RandomStream } from "../../../../engine/random/index.ts";
import type { ApiResponse, KubeObject, Service, ServicePort, ServiceSpec, Stored } from "../../api/index.ts";
import { failure } from "../answers/status.ts";
import type { ApiServerConfig } from "../config.ts";

/** Addresses and node ports in use, by whom. Also holds what a Service that is just being written has reserved. */
export interface Allocations {
  /** Address → uid of the Service. */
  readonly addresses: Map<string, string>;
  /** Protocol/port → uid of the Service. */
  readonly ports: Map<string, string>;
}

/** --service-node-port-range. */
const FIRST_PORT = 30_000;
const LAST_PORT = 32_767;
/** --service-cluster-ip-range is NETWORK.0.0/16. */
const NETWORK = "10.96";
/**
 * Addresses given out without being asked for come from above the first 256 (ipallocator.go, calculateRangeOffset: the
 * lower part is left to those who name their address).
 */
const DYNAMIC_OFFSET = 256;
const LAST_HOST = 65_534;

type Allocated = { readonly object: KubeObject } | { readonly refused: ApiResponse };

/** Nothing in use. */
export function createAllocations(): Allocations {
  return { addresses: new Map(), ports: new Map() };
}

function networkOf(config: ApiServerConfig): string {
  return config.serviceNetwork ?? NETWORK;
}

/** The part of the API server's state that allocation works on. */
export interface AllocationSource {
  readonly allocations: Allocations;
  readonly config: ApiServerConfig;
}

/** Gives a Service its addresses and node ports; other objects pass. `old` is the Service before an update; a dry run reserves nothing. */
export function allocate({ allocations, config }: AllocationSource, random: RandomStream, storage: string, object: KubeObject, old: KubeObject | undefined, dryRun: boolean): Allocated {
  if (storage !== "services") return { object };
  const service = object as Stored<Service>;
  if (old !== undefined && (old as Service).spec === service.spec) return { object };
  const previous = (old as Service | undefined)?.spec;
  const addressed = withAddress(random, networkOf(config), allocations, service, previous);
  if ("refused" in addressed) return addressed;
  const ported = withNodePorts(random, allocations, addressed.service, previous);
  if ("refused" in ported) return ported;
  const checked = withHealthPort(random, allocations, ported.service);
  if ("refused" in checked) return checked;
  if (!dryRun) reserve(allocations, checked.service);
  return { object: checked.service };
}

type Step = { readonly service: Stored<Service> } | { readonly refused: ApiResponse };

function withSpec(service: Stored<Service>, changes: Partial<ServiceSpec>): Stored<Service> {
  return { ...service, spec: extended(service.spec ?? {}, changes) };
}

function withAddress(random: RandomStream, network: string, allocations: Allocations, service: Stored<Service>, previous: ServiceSpec | undefined): Step {
  const spec = service.spec ?? {};
  if (spec.type === "ExternalName") return { service: withoutAddress(service, previous) };
  const families = spec.ipFamilies ?? ["IPv4"];
  const unserved = familyRefusal(service, families);
  if (unserved !== undefined) return { refused: unserved };
  const ipFamilyPolicy = spec.ipFamilyPolicy ?? "SingleStack";
  const wanted = (spec.clusterIP ?? "") === "" ? (spec.clusterIPs?.[0] ?? kept(previous)) : spec.clusterIP ?? "";
  if (wanted === "None") return { service: withSpec(service, { clusterIP: "None", clusterIPs: ["None"], ipFamilies: families, ipFamilyPolicy }) };
  const { uid } = service.metadata;
  if (wanted === "") {
    const free = freeAddress(random, network, allocations);
    if (free === undefined) return { refused: internal(`failed to allocate IP for service: range is full`) };
    return { service: withSpec(service, { clusterIP: free, clusterIPs: [free], ipFamilies: families, ipFamilyPolicy }) };
  }
  const why = addressRefusal(network, allocations, wanted, uid);
  if (why !== undefined) return { refused: invalidService(service, "spec.clusterIPs", [wanted], why) };
  return { service: withSpec(service, { clusterIP: wanted, clusterIPs: [wanted], ipFamilies: families, ipFamilyPolicy }) };
}

/** This is an IPv4 cluster (alloc.go, initIPFamilyFields). A headless Service without a selector may name what it likes. */
function familyRefusal(service: Stored<Service>, families: readonly string[]): ApiResponse | undefined {
  const spec = service.spec ?? {};
  if (spec.clusterIP === "None" && spec.selector === undefined) return undefined;
  if (spec.ipFamilyPolicy === "RequireDualStack") {
    return invalidService(service, "spec.ipFamilyPolicy", "RequireDualStack", "this cluster is not configured for dual-stack services");
  }
  const index = families.findIndex((family) => family !== "IPv4");
  return index < 0 ? undefined : invalidService(service, `spec.ipFamilies[${index}]`, families[index], "not configured on this cluster");
}

/** The address a Service had, when an update doesn't name one. */
function kept(previous: ServiceSpec | undefined): string {
  return previous?.type === "ExternalName" ? "" : (previous?.clusterIP ?? "");
}

function withoutAddress(service: Stored<Service>, previous: ServiceSpec | undefined): Stored<Service> {
  if (previous === undefined || service.spec?.clusterIP === undefined) return service;
  const { clusterIP: _ip, clusterIPs: _ips, ipFamilies: _families, ipFamilyPolicy: _policy, ...spec } = service.spec;
  return { ...service, spec };
}

function addressRefusal(network: string, allocations: Allocations, address: string, uid: string): string | undefined {
  const holder = allocations.addresses.get(address);
  if (holder === uid) return undefined;
  if (!isInNetwork(network, address)) return `failed to allocate IP ${address}: the provided IP (${address}) is not in the valid range. The range of valid IPs is ${network}.0.0/16`;
  return holder === undefined ? undefined : `failed to allocate IP ${address}: provided IP is already allocated`;
}

function isInNetwork(network: string, address: string): boolean {
  if (!address.startsWith(`${network}.`)) return false;
  const parts = address.slice(network.length + 1).split(".");
  return parts.length === 2 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255) && !(parts[0] === "0" && parts[1] === "0") && !(parts[0] === "255" && parts[1] === "255");
}

function freeAddress(random: RandomStream, network: string, allocations: Allocations): string | undefined {
  const size = LAST_HOST - DYNAMIC_OFFSET + 1;
  const start = nextBelow(random, size);
  for (let step = 0; step < size; step++) {
    const host = DYNAMIC_OFFSET + ((start + step) % size);
    const address = `${network}.${host >> 8}.${host & 255}`;
    if (!allocations.addresses.has(address)) return address;
  }
  return undefined;
}

function needsNodePorts(spec: ServiceSpec): boolean {
  return spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
}

function withNodePorts(random: RandomStream, allocations: Allocations, service: Stored<Service>, previous: ServiceSpec | undefined): Step {
  const spec = service.spec ?? {};
  const { uid } = service.metadata;
  const taken = new Set<string>();
  const ports: ServicePort[] = [];
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const named = port.nodePort ?? 0;
    if (named === 0 && !needsNodePorts(spec)) {
      ports.push(port);
      continue;
    }
    if (!needsNodePorts(spec) && spec.type !== "LoadBalancer") {
      ports.push(withoutNodePort(port));
      continue;
    }
    const chosen = named === 0 ? (inheritedPort(previous, port) ?? freePort(random, allocations, taken, port)) : named;
    const why = named === 0 ? undefined : portRefusal(allocations, `${port.protocol ?? "TCP"}/${named}`, named, uid);
    if (why !== undefined) return { refused: invalidService(service, `spec.ports[${index}].nodePort`, named, why) };
    if (chosen === undefined) return { refused: internal("failed to allocate a nodePort: range is full") };
    taken.add(`${port.protocol ?? "TCP"}/${chosen}`);
    ports.push(chosen === named ? port : { ...port, nodePort: chosen });
  }
  return ports.every((port, index) => port === spec.ports?.[index]) ? { service } : { service: withSpec(service, { ports }) };
}

/** A load balancer that must keep to nodes with an endpoint asks them at a port of its own (alloc.go, allocHealthCheckNodePort). */
function withHealthPort(random: RandomStream, allocations: Allocations, service: Stored<Service>): Step {
  const spec = service.spec ?? {};
  if (spec.type !== "LoadBalancer" || spec.externalTrafficPolicy !== "Local") return { service };
  const named = spec.healthCheckNodePort ?? 0;
  if (named !== 0) {
    const why = portRefusal(allocations, `TCP/${named}`, named, service.metadata.uid);
    return why === undefined ? { service } : { refused: internal(`failed to allocate requested HealthCheck NodePort ${named}: ${why}`) };
  }
  const chosen = freePort(random, allocations, new Set(portKeys(service)), { port: 0, protocol: "TCP" });
  if (chosen === undefined) return { refused: internal("failed to allocate a HealthCheck NodePort: range is full") };
  return { service: withSpec(service, { healthCheckNodePort: chosen }) };
}

function withoutNodePort(port: ServicePort): ServicePort {
  const { nodePort: _dropped, ...rest } = port;
  return rest;
}

/** A port keeps its node port through an update that doesn't name it. */
function inheritedPort(previous: ServiceSpec | undefined, port: ServicePort): number | undefined {
  return previous?.ports?.find((old) => old.port === port.port && old.protocol === port.protocol && old.name === port.name)?.nodePort;
}

function portRefusal(allocations: Allocations, key: string, port: number, uid: string): string | undefined {
  if (port < FIRST_PORT || port > LAST_PORT) return `provided port is not in the valid range. The range of valid ports is ${FIRST_PORT}-${LAST_PORT}`;
  const holder = allocations.ports.get(key);
  return holder === undefined || holder === uid ? undefined : "provided port is already allocated";
}

function freePort(random: RandomStream, allocations: Allocations, taken: ReadonlySet<string>, port: ServicePort): number | undefined {
  const size = LAST_PORT - FIRST_PORT + 1;
  const start = nextBelow(random, size);
  const protocol = port.protocol ?? "TCP";
  for (let step = 0; step < size; step++) {
    const candidate = FIRST_PORT + ((start + step) % size);
    const key = `${protocol}/${candidate}`;
    if (!allocations.ports.has(key) && !taken.has(key)) return candidate;
  }
  return undefined;
}

function invalidService(service: Stored<Service>, field: string, value: unknown, why: string): ApiResponse {
  const { name } = service.metadata;
  const body = `Invalid value: ${JSON.stringify(value)}: ${why}`;
  const details = { name, kind: "Service", causes: [{ reason: "FieldValueInvalid", message: body, field }] };
  return failure(422, "Invalid", `Service "${name}" is invalid: ${field}: ${body}`, details);
}

function internal(why: string): ApiResponse {
  return failure(500, "InternalError", `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

function portKeys(service: KubeObject): string[] {
  const keys: string[] = [];
  const { ports, healthCheckNodePort = 0 } = (service as Service).spec ?? {};
  for (const port of ports ?? []) if (port.nodePort !== undefined) keys.push(`${port.protocol ?? "TCP"}/${port.nodePort}`);
  if (healthCheckNodePort > 0) keys.push(`TCP/${healthCheckNodePort}`);
  return keys;
}

function addressOf(service: KubeObject): string {
  const { clusterIP = "" } = (service as Service).spec ?? {};
  return clusterIP === "None" ? "" : clusterIP;
}

/** Enters what a Service holds. */
export function reserve(allocations: Allocations, service: KubeObject): void {
  const uid = service.metadata?.uid ?? "";
  const address = addressOf(service);
  if (address !== "") allocations.addresses.set(address, uid);
  for (const key of portKeys(service)) allocations.ports.set(key, uid);
}

/** Gives back what a Service holds: it is gone, or came to nothing. Other objects pass. */
export function releaseAllocations(allocations: Allocations, object: KubeObject): void {
  if (object.kind !== "Service") return;
  const uid = object.metadata?.uid ?? "";
  const address = addressOf(object);
  if (allocations.addresses.get(address) === uid) allocations.addresses.delete(address);
  for (const key of portKeys(object)) if (allocations.ports.get(key) === uid) allocations.ports.delete(key);
}

/** Gives back what was reserved for a Service whose creation failed on its way; if it was made after all, its event reserves again. */
export function releaseFailed(allocations: Allocations, uid: string): void {
  for (const [address, holder] of allocations.addresses) if (holder === uid) allocations.addresses.delete(address);
  for (const [port, holder] of allocations.ports) if (holder === uid) allocations.ports.delete(port);
}

/** A Service has changed in the store: what it no longer holds is free again. */
export function followService(allocations: Allocations, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (before !== undefined) releaseAllocations(allocations, before);
  if (after !== undefined) reserve(allocations, after);
}
