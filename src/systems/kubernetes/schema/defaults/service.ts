/** Defaults of services. Addresses and node ports are allocated elsewhere. Source: pkg/apis/core/v1/defaults.go, SetDefaults_Service. */
import type { Service, ServicePort, ServiceSpec, ServiceStatus } from "../../api/index.ts";
import { always, eachOf, fill, inside, put, without, type Filler } from "./edit.ts";

/** DefaultClientIPServiceAffinitySeconds: three hours. */
const AFFINITY_SECONDS = 10800;

const port: Filler<ServicePort> = (value) => {
  const out = fill(value, { protocol: "TCP" });
  const { targetPort } = out;
  return targetPort === undefined || targetPort === 0 || targetPort === "" ? put(out, "targetPort", out.port) : out;
};

function withAffinity(spec: ServiceSpec): ServiceSpec {
  if (spec.sessionAffinity === "None") return without(spec, "sessionAffinityConfig");
  if (spec.sessionAffinity !== "ClientIP" || spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return spec;
  return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } };
}

/** service.ExternallyAccessible in pkg/api/v1/service/util.go. */
function isExternallyAccessible(spec: ServiceSpec): boolean {
  return spec.type === "LoadBalancer" || spec.type === "NodePort" || (spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0);
}

function withPolicies(spec: ServiceSpec): ServiceSpec {
  let out = spec;
  if (isExternallyAccessible(out)) out = fill(out, { externalTrafficPolicy: "Cluster" });
  if (out.internalTrafficPolicy === undefined && out.type !== "ExternalName") out = put(out, "internalTrafficPolicy", "Cluster");
  return out.type === "LoadBalancer" ? fill(out, { allocateLoadBalancerNodePorts: true }) : out;
}

const virtualIps: Filler<ServiceStatus> = (status) => inside(status, "loadBalancer", (balancer) =>
  eachOf(balancer, "ingress", (ingress) => (ingress.ip === undefined || ingress.ip === "" ? ingress : fill(ingress, { ipMode: "VIP" }))));

/** SetDefaults_Service; `status.loadBalancer` is a struct in Go and so always written. */
export const service: Filler<Service> = (value) => {
  const out = always(value, "spec", (spec) => {
    const filled = withAffinity(fill(spec, { sessionAffinity: "None", type: "ClusterIP" }));
    return withPolicies(eachOf(filled, "ports", port));
  });
  const balanced = always(out, "status", (status) => fill(status, { loadBalancer: {} }));
  return balanced.spec?.type === "LoadBalancer" ? inside(balanced, "status", virtualIps) : balanced;
};
