/**
 * What a Service asks of the cloud (kubernetes staging/src/k8s.io/cloud-provider/controllers/service/controller.go and
 * service/helpers/helper.go).
 */
import type { Node, Service } from "../api/index.ts";
import type { BalancerSpec } from "./balancer-messages.ts";

/** The finalizer that keeps a Service until its load balancer is gone. */
export const CLEANUP_FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
/** Nodes with this label take no traffic from load balancers. */
const EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";
/** The cluster autoscaler is about to take the node away. */
const TO_BE_DELETED_TAINT = "ToBeDeletedByClusterAutoscaler";

/** True for a Service of type LoadBalancer that no other implementation handles. */
export function wantsBalancer(service: Service): boolean {
  return service.spec?.type === "LoadBalancer" && service.spec.loadBalancerClass === undefined && service.metadata?.deletionTimestamp === undefined;
}

/** True when the Service carries the cleanup finalizer. */
export function hasFinalizer(service: Service): boolean {
  return service.metadata?.finalizers?.includes(CLEANUP_FINALIZER) === true;
}

/** True when a node may take traffic. Whether it is ready is for the balancer's health checks to find out (KEP-3458). */
export function takesTraffic(node: Node): boolean {
  return node.metadata?.deletionTimestamp === undefined && node.metadata?.labels?.[EXCLUDE_LABEL] === undefined
    && node.spec?.taints?.some(({ key }) => key === TO_BE_DELETED_TAINT) !== true;
}

/** Name of a Service's load balancer at the cloud (DefaultLoadBalancerName: "a" and the uid without dashes, 32 characters). */
export function balancerName(service: Service): string {
  return `a${service.metadata?.uid ?? ""}`.replaceAll("-", "").slice(0, 32);
}

/** The load balancer a Service wants. */
export function balancerSpec(service: Service, key: string, nodes: readonly string[]): BalancerSpec {
  const { ports = [], loadBalancerIP = "", externalTrafficPolicy, sessionAffinity } = service.spec ?? {};
  return {
    name: balancerName(service), service: key, nodes, wantedIp: loadBalancerIP,
    ports: ports.map(({ port, protocol = "TCP" }) => ({ port, protocol })),
    localOnly: externalTrafficPolicy === "Local", sticky: sessionAffinity === "ClientIP",
  };
}

/** True when a change of a Service concerns its load balancer. */
export function needsSync(before: Service | undefined, after: Service): boolean {
  if (before === undefined) return wantsBalancer(after) || hasFinalizer(after);
  if (wantsBalancer(before) !== wantsBalancer(after)) return wantsBalancer(after) || hasFinalizer(after);
  if (!wantsBalancer(after)) return hasFinalizer(after) && before.metadata?.deletionTimestamp !== after.metadata?.deletionTimestamp;
  return before.metadata?.uid !== after.metadata?.uid || before.spec !== after.spec;
}
