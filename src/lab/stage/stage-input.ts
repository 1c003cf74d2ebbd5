import type { ClientView, PodView, ServiceView, WorkloadView } from "../../protocol/index.ts";
import { isSystemNamespace, type EntityStore, type StageView } from "../stores/index.ts";
import { layoutMachines, layoutOwnership, layoutTraffic, type StageLayout, type Viewport } from "./layout/index.ts";

/** Above this many pods each node's card draws its own on a canvas: signs this small are looked at, not pointed at. */
export const POD_DOM_LIMIT = 120;
/** The other views show no more pods than this. */
const POD_LIMIT = 320;

/** What the person lets through: namespaces of the cluster itself, and one chosen namespace. */
export interface NamespaceFilter {
  readonly showSystem: boolean;
  readonly namespace: string;
}

/** Whether a namespaced thing is on show. */
export function passes(filter: NamespaceFilter, namespace: string): boolean {
  if (filter.namespace !== "") return namespace === filter.namespace;
  return filter.showSystem || !isSystemNamespace(namespace);
}

/** The layout of a view from the entities. */
export function layoutView(view: StageView, entities: EntityStore, filter: NamespaceFilter, viewport: Viewport): StageLayout {
  if (view === "ownership") return ownership(entities, filter, viewport);
  if (view === "traffic") return traffic(entities, filter, viewport);
  return machines(entities, filter, viewport);
}

/** Pods of a node that are on show, oldest first. */
export function shownPods(entities: EntityStore, filter: NamespaceFilter, node: string): string[] {
  const pods: PodView[] = [];
  for (const id of entities.podsOn(node)) {
    const pod = entities.as("pod", id);
    if (pod !== undefined && passes(filter, pod.namespace)) pods.push(pod);
  }
  return pods.sort(byAge).map((pod) => pod.id);
}

function machines(entities: EntityStore, filter: NamespaceFilter, viewport: Viewport): StageLayout {
  const nodes = entities.all("node").sort((a, b) => natural(a.name, b.name)).map((node) => ({ id: node.id, name: node.name, pods: shownPods(entities, filter, node.name) }));
  return layoutMachines({
    components: entities.ids("component"), nodes, waiting: shownPods(entities, filter, ""), clients: entities.ids("client"),
    placePods: entities.count("pod") <= POD_DOM_LIMIT, viewport,
  });
}

function ownership(entities: EntityStore, filter: NamespaceFilter, viewport: Viewport): StageLayout {
  const workloads = entities.all("workload").filter((one) => passes(filter, one.namespace) && !isSpent(one, entities)).sort(byKindAndName);
  const pods = entities.all("pod").filter((pod) => passes(filter, pod.namespace)).sort(byAge).slice(0, POD_LIMIT);
  return layoutOwnership({ workloads, pods, viewport });
}

function traffic(entities: EntityStore, filter: NamespaceFilter, viewport: Viewport): StageLayout {
  const services = entities.all("service").filter((one) => passes(filter, one.namespace) && !isApiService(one)).sort((a, b) => natural(a.name, b.name));
  const room = { left: POD_LIMIT };
  const take = (ids: readonly string[]): readonly string[] => {
    const taken = ids.filter((id) => entities.as("pod", id) !== undefined).slice(0, room.left);
    room.left -= taken.length;
    return taken;
  };
  return layoutTraffic({
    clients: entities.all("client").map((client) => ({ id: client.id, service: serviceOf(client, services) })),
    services: services.map((service) => ({ id: service.id, ready: take(service.ready), notReady: take(service.notReady) })),
    viewport,
  });
}

/** The Service a client's target names: "web.default:80", "http://web.default.svc:80/", "web". */
export function serviceOf(client: ClientView, services: readonly ServiceView[]): string {
  const host = client.target.replace(/^[a-z]+:\/\//, "").split(/[:/]/)[0] ?? "";
  const [name, namespace] = host.split(".");
  const found = services.find((one) => one.name === name && (namespace === undefined || one.namespace === namespace))
    ?? services.find((one) => one.clusterIp === host || one.external === host)
    ?? services.find((one) => one.ports.some((port) => client.target.includes(`:${/:(\d+)\//.exec(port)?.[1] ?? "none"}`)));
  return found?.id ?? "";
}

/** An old ReplicaSet that is only kept for its history. */
function isSpent(workload: WorkloadView, entities: EntityStore): boolean {
  return workload.kind === "ReplicaSet" && workload.owner !== "" && workload.desired === 0 && entities.ownedBy(workload.id).length === 0;
}

function isApiService(service: ServiceView): boolean {
  return service.name === "kubernetes" && service.namespace === "default";
}

function byAge(a: PodView, b: PodView): number {
  return a.createdAt - b.createdAt || natural(a.name, b.name);
}

function byKindAndName(a: WorkloadView, b: WorkloadView): number {
  return natural(a.kind, b.kind) || natural(a.name, b.name) || natural(a.revision, b.revision);
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

function natural(a: string, b: string): number {
  return COLLATOR.compare(a, b);
}
