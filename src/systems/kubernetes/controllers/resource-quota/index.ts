/**
 * Keeps the status of ResourceQuotas (pkg/controller/resourcequota). Upstream counts again every five minutes and when
 * something is deleted, and admission adds what is created; here the count follows every change, a moment later.
 */
import { deepEqual } from "../../../../base/json/index.ts";
import { sumQuantities } from "../../../../base/quantity/index.ts";
import { type Container, objectKey, type PersistentVolumeClaim, type Pod, type ResourceQuota, type Service } from "../../api/index.ts";
import { isPodTerminal } from "../pods/index.ts";
import { BY_NAMESPACE, type Controller, NO_PLAN, type Plan, planOf, type View } from "../runtime/index.ts";

/** Changes within this time are counted together. */
const SETTLE_MS = 100;

/** Number of objects by namespace, by informer. Plain data. */
export interface QuotaMemory {
  readonly counts: Map<string, Map<string, number>>;
}

/** Counts what quotas limit. */
export const resourceQuotaController: Controller<QuotaMemory> = {
  name: "resource_quota_controller",
  eventSource: "resourcequota-controller",
  workers: 5,
  needs: ["resourcequotas", "pods", "services", "persistentvolumeclaims"],
  createMemory: () => ({ counts: new Map() }),
  on: {
    resourcequotas: (_memory, enqueue, _view, key, before, after) => {
      if (after !== undefined && (before as ResourceQuota | undefined)?.spec !== (after as ResourceQuota).spec) enqueue.add(key);
    },
    pods: (_memory, enqueue, view, _key, before, after) => {
      const isCounted = (pod: Pod | undefined): boolean => pod !== undefined && !isPodTerminal(pod);
      if (isCounted(before as Pod | undefined) === isCounted(after as Pod | undefined)) return;
      for (const quota of view.keys("resourcequotas", BY_NAMESPACE, (after ?? before)?.metadata?.namespace ?? "")) enqueue.addAfter(quota, SETTLE_MS);
    },
    services: (_memory, enqueue, view, _key, before, after) => {
      for (const quota of view.keys("resourcequotas", BY_NAMESPACE, (after ?? before)?.metadata?.namespace ?? "")) enqueue.addAfter(quota, SETTLE_MS);
    },
  },
  onAny(memory, enqueue, informer, _key, before, after) {
    if ((before === undefined) === (after === undefined)) return;
    const namespace = (after ?? before)?.metadata?.namespace;
    if (namespace === undefined) return;
    let counts = memory.counts.get(informer);
    if (counts === undefined) memory.counts.set(informer, counts = new Map());
    counts.set(namespace, (counts.get(namespace) ?? 0) + (before === undefined ? 1 : -1));
    for (const quota of memory.counts.get("resourcequotas")?.has(namespace) === true ? [`*${namespace}`] : []) enqueue.addAfter(quota, SETTLE_MS);
  },
  plan(key, view, memory) {
    if (!key.startsWith("*")) return planQuota(key, view, memory);
    return { steps: [], also: view.list("resourcequotas", BY_NAMESPACE, key.slice(1)).map(objectKey) };
  },
};

function planQuota(key: string, view: View, memory: QuotaMemory): Plan {
  const quota = view.get("resourcequotas", key);
  if (quota === undefined) return NO_PLAN;
  const hard = quota.spec?.hard ?? {};
  const { namespace = "", name = "" } = quota.metadata ?? {};
  const used: Record<string, string> = {};
  for (const resource of Object.keys(hard)) used[resource] = usedOf(resource, quota, namespace, view, memory);
  const status = { hard, used };
  if (deepEqual(quota.status, status)) return NO_PLAN;
  const body: ResourceQuota = { ...quota, apiVersion: "v1", kind: "ResourceQuota", status };
  return planOf([{ call: { verb: "update", group: "", version: "v1", resource: "resourcequotas", subresource: "status", namespace, name, body }, accept: [404] }]);
}

function usedOf(resource: string, quota: ResourceQuota, namespace: string, view: View, memory: QuotaMemory): string {
  if (resource === "services.nodeports" || resource === "services.loadbalancers") return String(servicesLike(resource, view.list("services", BY_NAMESPACE, namespace)));
  if (resource === "requests.storage") return claimsStorage(view.list("persistentvolumeclaims", BY_NAMESPACE, namespace));
  const compute = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(resource);
  const pods = (): Pod[] => view.list("pods", BY_NAMESPACE, namespace).filter((pod) => !isPodTerminal(pod) && inScope(quota, pod));
  if (compute !== null) return podsCompute(pods(), compute[1] === "limits" ? "limits" : "requests", compute[2] as string);
  if (resource === "pods") return String(pods().length);
  const informer = resource.startsWith("count/") ? resource.slice("count/".length) : resource;
  return String(memory.counts.get(informer)?.get(namespace) ?? 0);
}

function servicesLike(resource: string, services: readonly Service[]): number {
  if (resource === "services.loadbalancers") return services.filter((service) => service.spec?.type === "LoadBalancer").length;
  let ports = 0;
  for (const { spec } of services) if (spec?.type === "NodePort" || spec?.type === "LoadBalancer") ports += spec.ports?.length ?? 0;
  return ports;
}

function claimsStorage(claims: readonly PersistentVolumeClaim[]): string {
  return sumQuantities(claims.map((claim) => claim.spec?.resources?.requests?.["storage"] ?? "0"));
}

function podsCompute(pods: readonly Pod[], which: "requests" | "limits", resource: string): string {
  return sumQuantities(pods.flatMap((pod) => (pod.spec?.containers ?? []).map((container: Container) => container.resources?.[which]?.[resource] ?? "0")));
}

function inScope(quota: ResourceQuota, pod: Pod): boolean {
  const ends = pod.spec?.activeDeadlineSeconds !== undefined;
  const bestEffort = pod.status?.qosClass === "BestEffort";
  return (quota.spec?.scopes ?? []).every((scope) => (scope === "BestEffort" ? bestEffort : scope === "NotBestEffort" ? !bestEffort : scope === "Terminating" ? ends : scope === "NotTerminating" ? !ends : true));
}
