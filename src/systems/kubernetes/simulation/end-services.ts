/** At rest: endpoints are exactly the ready pods, load balancers have addresses, and requests get through. */
import { CLIENTS, type Pod, type Service, type Stored } from "../api/index.ts";
import { type ClientsState, clientSummary } from "../clients/index.ts";
import { type ClusterView, holds, isOver, title } from "./cluster-view.ts";
import { isHealthy } from "./end-pods.ts";

/** What is wrong with services and their endpoints. */
export function serviceProblems(view: ClusterView): string[] {
  const problems = view.services.flatMap((service) => [...endpointProblems(view, service), ...addressProblems(service)]);
  for (const slice of view.slices) {
    const owner = slice.metadata.ownerReferences?.[0];
    if (owner?.kind === "Service" && !view.services.some(({ metadata }) => metadata.uid === owner.uid)) problems.push(`${title(slice)} belongs to service ${owner.name}, which is gone`);
  }
  return problems;
}

function addressProblems(service: Stored<Service>): string[] {
  if (service.metadata.deletionTimestamp !== undefined) return [`${title(service)} is being deleted since ${service.metadata.deletionTimestamp}`];
  if (service.spec?.type !== "LoadBalancer" || (service.status?.loadBalancer?.ingress?.length ?? 0) > 0) return [];
  return [`${title(service)} has no address of a load balancer`];
}

/** Pods that crash again and again are ready in between: requests to them may fail. */
function canAnswer(view: ClusterView, service: Stored<Service>): boolean {
  const pods = matchingPods(view, service);
  return readyPods(view, service).length > 0 && pods.every((pod) => isHealthy(pod));
}

function matchingPods(view: ClusterView, service: Stored<Service>): Stored<Pod>[] {
  const selector = Object.entries(service.spec?.selector ?? {});
  return view.pods.filter((pod) => pod.metadata.namespace === service.metadata.namespace && !isOver(pod) && selector.every(([key, value]) => pod.metadata.labels?.[key] === value));
}

function readyPods(view: ClusterView, service: Stored<Service>): Stored<Pod>[] {
  const everyone = service.spec?.publishNotReadyAddresses === true;
  return matchingPods(view, service).filter((pod) => pod.status?.podIP !== undefined && (everyone || holds(pod, "Ready")));
}

function endpointProblems(view: ClusterView, service: Stored<Service>): string[] {
  if (Object.keys(service.spec?.selector ?? {}).length === 0) return [];
  const mine = view.slices.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === service.metadata.uid) === true);
  const told = mine.flatMap(({ endpoints = [] }) => (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).flatMap(({ addresses }) => addresses)).sort();
  const due = readyPods(view, service).map((pod) => pod.status?.podIP ?? "").sort();
  return told.join() === due.join() ? [] : [`${title(service)}: its endpoints are [${told.join(", ")}], the ready pods [${due.join(", ")}]`];
}

/** Clients of services with a ready pod whose requests failed after `sinceMs`. */
export function trafficProblems(view: ClusterView, sinceMs: number): string[] {
  const state = view.world.stateOf<ClientsState>(CLIENTS);
  if (state === undefined) return [];
  return view.services.flatMap((service) => {
    const summary = clientSummary(state, service.metadata.name);
    if (summary === undefined || !canAnswer(view, service)) return [];
    const late = summary.lastErrors.filter(({ at }) => at >= sinceMs);
    return late.length === 0 ? [] : [`${title(service)} has ready pods, and yet requests fail: ${late.at(-1)?.reason ?? ""}`];
  });
}
