import type { ServiceView } from "../../protocol/index.ts";
import type { EndpointSlice, Service, Stored } from "../../systems/kubernetes/api/index.ts";

/** The stage's view of a Service and the pods behind it. */
export function serviceView(service: Service & Stored, slices: readonly EndpointSlice[]): ServiceView {
  const { spec, status } = service;
  const endpoints = slices.flatMap((slice) => slice.endpoints ?? []).filter((endpoint) => endpoint.targetRef?.uid !== undefined);
  const pods = (ready: boolean): string[] => [...new Set(endpoints.filter((endpoint) => (endpoint.conditions?.ready !== false) === ready).map((endpoint) => endpoint.targetRef?.uid ?? ""))];
  return {
    type: "service", id: service.metadata.uid, namespace: service.metadata.namespace ?? "", name: service.metadata.name,
    kind: spec?.clusterIP === "None" ? "Headless" : (spec?.type ?? "ClusterIP"), clusterIp: spec?.clusterIP ?? "",
    external: spec?.externalName ?? status?.loadBalancer?.ingress?.[0]?.ip ?? status?.loadBalancer?.ingress?.[0]?.hostname ?? "",
    ports: (spec?.ports ?? []).map((port) => `${port.port}${port.nodePort === undefined ? "" : `:${port.nodePort}`}/${port.protocol ?? "TCP"}`),
    selector: spec?.selector ?? {}, ready: pods(true), notReady: pods(false),
  };
}
