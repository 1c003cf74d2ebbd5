/** Services. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateService. */
import { dns1123LabelErrors, dns1123SubdomainErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { Service, ServicePort, ServiceSpec } from "../api/index.ts";
import { validateCidr, validateLegacyIp, validateNonSpecialIp } from "./addresses.ts";
import { duplicate, forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, rootPath, SPEC, type FieldPath } from "./field-path.ts";
import { complain, isEmpty, oneOf, portNumberErrors, requiredOneOf } from "./field-rules.ts";
import { validateLabels } from "./labels.ts";
import { dns1035Name, validateObjectMeta } from "./object-meta.ts";
import { PROTOCOLS, validatePortNumberOrName } from "./ports.ts";
import { validateClusterIps } from "./service-cluster-ips.ts";

const PORTS = SPEC.child("ports");
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
const TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";
const TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
const MAX_AFFINITY_SECONDS = 86_400;
const TYPES: readonly string[] = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const DISTRIBUTIONS: readonly string[] = ["PreferClose", "PreferSameZone", "PreferSameNode"];
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

/** True for a Service without an address of its own. */
export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIP === "None" || (spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === "None");
}

function validatePort(port: ServicePort, named: boolean, names: Set<string>, path: FieldPath, errors: FieldErrors): void {
  const name = port.name ?? "";
  if (name === "") {
    if (named) required(errors, path.child("name"));
  } else {
    complain(errors, path, "name", name, dns1123LabelErrors(name));
    if (names.has(name)) duplicate(errors, path.child("name"), name);
    else names.add(name);
  }
  complain(errors, path, "port", port.port ?? 0, portNumberErrors(port.port ?? 0));
  requiredOneOf(errors, path, "protocol", port.protocol, PROTOCOLS);
  validatePortNumberOrName(port.targetPort, path.child("targetPort"), errors);
  if (port.appProtocol !== undefined) complain(errors, path, "appProtocol", port.appProtocol, qualifiedNameErrors(port.appProtocol));
}

function validateDistinctPorts(spec: ServiceSpec, errors: FieldErrors): void {
  const nodePorts = new Set<string>();
  const ports = new Set<string>();
  spec.ports?.forEach((port, index) => {
    const nodePort = port.nodePort ?? 0;
    if (nodePort === 0) return;
    if (spec.type === "ClusterIP") forbidden(errors, PORTS.index(index).child("nodePort"), "may not be used when `type` is 'ClusterIP'");
    const key = `${port.protocol ?? ""}/${nodePort}`;
    if (nodePorts.has(key)) duplicate(errors, PORTS.index(index).child("nodePort"), nodePort);
    nodePorts.add(key);
  });
  spec.ports?.forEach((port, index) => {
    const key = `${port.protocol ?? ""}/${port.port}`;
    if (ports.has(key)) duplicate(errors, PORTS.index(index), { Name: "", Protocol: port.protocol ?? "", AppProtocol: null, Port: port.port, TargetPort: 0, NodePort: 0 });
    ports.add(key);
  });
}

function validateExternalName(spec: ServiceSpec, errors: FieldErrors): void {
  if ((spec.clusterIPs?.length ?? 0) > 0) forbidden(errors, SPEC.child("clusterIPs"), "may not be set for ExternalName services");
  if ((spec.ipFamilies?.length ?? 0) > 0) forbidden(errors, SPEC.child("ipFamilies"), "may not be set for ExternalName services");
  if (spec.ipFamilyPolicy !== undefined) forbidden(errors, SPEC.child("ipFamilyPolicy"), "may not be set for ExternalName services");
  const name = (spec.externalName ?? "").replace(/\.$/, "");
  if (name === "") required(errors, SPEC.child("externalName"));
  else complain(errors, SPEC, "externalName", name, dns1123SubdomainErrors(name));
}

function validateByType(spec: ServiceSpec, errors: FieldErrors): void {
  if (spec.type === "ExternalName") validateExternalName(spec, errors);
  else if ((spec.type === "LoadBalancer" || spec.type === "NodePort") && isHeadless(spec)) {
    invalid(errors, SPEC.child("clusterIPs").index(0), "None", `may not be set to 'None' for ${spec.type} services`);
  }
}

function validateAffinity(spec: ServiceSpec, errors: FieldErrors): void {
  requiredOneOf(errors, SPEC, "sessionAffinity", spec.sessionAffinity, ["ClientIP", "None"]);
  const path = SPEC.child("sessionAffinityConfig");
  const config = spec.sessionAffinityConfig;
  if (spec.sessionAffinity === "None" && config !== undefined) forbidden(errors, path, "must not be set when session affinity is None");
  if (spec.sessionAffinity !== "ClientIP") return;
  const when = "when session affinity type is ClientIP";
  const seconds = config?.clientIP?.timeoutSeconds;
  if (config === undefined) required(errors, path, when);
  else if (config.clientIP === undefined) required(errors, path.child("clientIP"), when);
  else if (seconds === undefined) required(errors, path.child("clientIP").child("timeoutSeconds"), when);
  else if (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS) {
    invalid(errors, path.child("clientIP").child("timeoutSeconds"), seconds, `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`);
  }
}

function validateSourceRanges(service: Service, spec: ServiceSpec, errors: FieldErrors): void {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    const path = SPEC.child("LoadBalancerSourceRanges");
    if (spec.type !== "LoadBalancer") forbidden(errors, path, ONLY_LOAD_BALANCER);
    ranges.forEach((range, index) => validateCidr(range.trim(), path.index(index), errors));
    return;
  }
  const annotation = service.metadata?.annotations?.[SOURCE_RANGES];
  if (annotation === undefined) return;
  const path = METADATA.child("annotations").key(SOURCE_RANGES);
  if (spec.type !== "LoadBalancer") forbidden(errors, path, ONLY_LOAD_BALANCER);
  if (annotation.trim() !== "") for (const range of annotation.trim().split(",")) validateCidr(range.trim(), path, errors);
}

function isExternal(spec: ServiceSpec): boolean {
  return spec.type === "LoadBalancer" || spec.type === "NodePort" || (spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0);
}

/** True when the load balancer asks nodes whether they serve the Service. */
export function needsHealthCheck(spec: ServiceSpec | undefined): boolean {
  return spec?.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
}

function validateHealthCheck(spec: ServiceSpec, errors: FieldErrors): void {
  const port = spec.healthCheckNodePort ?? 0;
  const path = SPEC.child("healthCheckNodePort");
  if (needsHealthCheck(spec)) {
    if (port === 0) required(errors, path);
    else complain(errors, SPEC, "healthCheckNodePort", port, portNumberErrors(port));
  } else if (port !== 0) invalid(errors, path, port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
}

function validateTraffic(spec: ServiceSpec, errors: FieldErrors): void {
  const external = spec.externalTrafficPolicy ?? "";
  const path = SPEC.child("externalTrafficPolicy");
  if (isExternal(spec)) requiredOneOf(errors, SPEC, "externalTrafficPolicy", external, ["Cluster", "Local"]);
  else if (external !== "") invalid(errors, path, external, "may only be set for externally-accessible services");
  validateHealthCheck(spec, errors);
  if (spec.internalTrafficPolicy === undefined) {
    if (spec.type !== "ExternalName" && TYPES.includes(spec.type ?? "")) required(errors, SPEC.child("internalTrafficPolicy"));
  } else oneOf(errors, SPEC, "internalTrafficPolicy", spec.internalTrafficPolicy, ["Cluster", "Local"]);
  oneOf(errors, SPEC, "trafficDistribution", spec.trafficDistribution, DISTRIBUTIONS);
}

function validateLoadBalancerFields(spec: ServiceSpec, errors: FieldErrors): void {
  const isLoadBalancer = spec.type === "LoadBalancer";
  if (spec.allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer) forbidden(errors, SPEC.child("allocateLoadBalancerNodePorts"), ONLY_LOAD_BALANCER);
  if (isLoadBalancer && spec.allocateLoadBalancerNodePorts === undefined) required(errors, rootPath("allocateLoadBalancerNodePorts"));
  if (spec.loadBalancerClass === undefined) return;
  if (!isLoadBalancer) forbidden(errors, SPEC.child("loadBalancerClass"), ONLY_LOAD_BALANCER);
  else complain(errors, SPEC, "loadBalancerClass", spec.loadBalancerClass, qualifiedNameErrors(spec.loadBalancerClass));
}

function validateTopologyAnnotations(service: Service, errors: FieldErrors): void {
  const annotations = service.metadata?.annotations;
  const mode = annotations?.[TOPOLOGY_MODE];
  const hints = annotations?.[TOPOLOGY_HINTS];
  if (mode === undefined || hints === undefined || mode === hints) return;
  invalid(errors, METADATA.child("annotations").key(TOPOLOGY_MODE), mode, `must match annotations[${TOPOLOGY_HINTS}] when both are specified`);
}

function validateSpec(service: Service, spec: ServiceSpec, errors: FieldErrors): void {
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== "ExternalName") required(errors, PORTS);
  validateByType(spec, errors);
  const names = new Set<string>();
  ports.forEach((port, index) => validatePort(port, ports.length > 1, names, PORTS.index(index), errors));
  validateLabels(spec.selector, SPEC, "selector", errors);
  validateAffinity(spec, errors);
  validateClusterIps(spec, errors);
  spec.externalIPs?.forEach((ip, index) => {
    const path = SPEC.child("externalIPs").index(index);
    if (validateLegacyIp(ip, path, errors)) validateNonSpecialIp(ip, path, errors);
  });
  if (isEmpty(spec.type)) required(errors, SPEC.child("type"));
  else if (!TYPES.includes(spec.type ?? "")) notSupported(errors, SPEC.child("type"), spec.type, TYPES);
  validateDistinctPorts(spec, errors);
  validateSourceRanges(service, spec, errors);
  validateLoadBalancerFields(spec, errors);
  validateTraffic(spec, errors);
}

/** A Service, new or changed. */
export function validateService(service: Service, errors: FieldErrors): void {
  validateObjectMeta(service.metadata, true, dns1035Name, errors);
  validateTopologyAnnotations(service, errors);
  validateSpec(service, service.spec ?? {}, errors);
}
