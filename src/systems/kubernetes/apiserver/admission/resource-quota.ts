/**
 * ResourceQuota: nothing is created that would take a namespace over its quota. Usage is counted from the cached objects
 * when a quota exists, so that it can't drift; status.used is kept by the quota controller.
 * Source: kubernetes v1.36 staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go, pkg/quota/v1/evaluator/core.
 */
import { milliValue } from "../../../../base/quantity/index.ts";
import type { ApiResponse, Container, KubeObject, PersistentVolumeClaim, Pod, ResourceQuota, Service, Stored } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import { qosClassOf } from "../strategies/pod.ts";
import type { Server } from "../state.ts";
import type { AdmissionAttributes, AdmissionPlugin } from "./admission.ts";

/** Amounts in thousandths. */
type Usage = Map<string, number>;

/** See the module's comment. */
export const resourceQuota: AdmissionPlugin = {
  name: "ResourceQuota",
  resources: ["*"],
  verbs: ["create", "update"],
  validate(server, attributes) {
    const quotas = server.state.caches.get("resourcequotas")?.items.get(attributes.namespace);
    if (quotas === undefined || attributes.subresource !== "") return undefined;
    for (const { object } of quotas.values()) {
      const refused = exceeds(server, attributes, object as Stored<ResourceQuota>);
      if (refused !== undefined) return refused;
    }
    return undefined;
  },
};

function exceeds(server: Server, attributes: AdmissionAttributes, quota: Stored<ResourceQuota>): ApiResponse | undefined {
  const hard = quota.spec?.hard ?? {};
  const wanted = inScope(quota, attributes.object as KubeObject) ? usageOf(attributes.storage, attributes.object as KubeObject) : new Map<string, number>();
  if (attributes.old !== undefined && inScope(quota, attributes.old)) subtract(wanted, usageOf(attributes.storage, attributes.old));
  const unsaid = unspecified(attributes, quota, hard);
  if (unsaid.length > 0) return forbidden(attributes.info, attributes.name, `failed quota: ${quota.metadata.name}: ${unsaid.join("; ")}`);
  const names = Object.keys(hard).filter((name) => (wanted.get(name) ?? 0) > 0).sort();
  if (names.length === 0) return undefined;
  const used = usedIn(server, attributes, quota);
  const over = names.filter((name) => (used.get(name) ?? 0) + (wanted.get(name) ?? 0) > milliValue(hard[name]));
  if (over.length === 0) return undefined;
  const list = (amount: (name: string) => string): string => over.map((name) => `${name}=${amount(name)}`).join(",");
  const message = `exceeded quota: ${quota.metadata.name}, requested: ${list((name) => text(name, wanted.get(name)))}, used: ${list((name) => text(name, used.get(name)))}, limited: ${list((name) => String(hard[name]))}`;
  return forbidden(attributes.info, attributes.name, message);
}

function text(name: string, milli = 0): string {
  if (name.includes("memory") || name.includes("storage")) return byteText(Math.ceil(milli / 1000));
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

function byteText(bytes: number): string {
  for (const [unit, size] of [["Gi", 1024 ** 3], ["Mi", 1024 ** 2], ["Ki", 1024]] as const) if (bytes !== 0 && bytes % size === 0) return `${bytes / size}${unit}`;
  return String(bytes);
}

/** A quota on compute makes every container say how much it wants (evaluator/core/pods.go, Constraints). */
function unspecified({ storage, object, verb }: AdmissionAttributes, quota: Stored<ResourceQuota>, hard: Readonly<Record<string, unknown>>): readonly string[] {
  if (storage !== "pods" || verb !== "create" || !inScope(quota, object as KubeObject)) return [];
  const containers = (object as Pod).spec?.containers ?? [];
  const complaints: string[] = [];
  for (const name of Object.keys(hard).sort()) {
    const which = name.startsWith("limits.") ? "limits" : "requests";
    const resource = name.replace(/^(limits|requests)\./, "");
    if (resource !== "cpu" && resource !== "memory") continue;
    const silent = containers.filter((container) => container.resources?.[which]?.[resource] === undefined).map((container) => container.name);
    if (silent.length > 0) complaints.push(`must specify ${name} for: ${silent.sort().join(",")}`);
  }
  return complaints;
}

function inScope(quota: Stored<ResourceQuota>, object: KubeObject): boolean {
  const scopes = quota.spec?.scopes ?? [];
  if (scopes.length === 0) return true;
  if (object.kind !== "Pod") return false;
  const pod = object as Pod;
  const bestEffort = pod.spec !== undefined && qosClassOf(pod.spec) === "BestEffort";
  const ends = pod.spec?.activeDeadlineSeconds !== undefined;
  return scopes.every((scope) => (scope === "BestEffort" ? bestEffort : scope === "NotBestEffort" ? !bestEffort : scope === "Terminating" ? ends : scope === "NotTerminating" ? !ends : true));
}

function usedIn(server: Server, attributes: AdmissionAttributes, quota: Stored<ResourceQuota>): Usage {
  const used: Usage = new Map();
  for (const { object } of server.state.caches.get(attributes.storage)?.items.get(attributes.namespace)?.values() ?? []) {
    if (inScope(quota, object)) add(used, usageOf(attributes.storage, object));
  }
  return used;
}

function add(sum: Usage, more: Usage): void {
  for (const [name, amount] of more) sum.set(name, (sum.get(name) ?? 0) + amount);
}

function subtract(sum: Usage, less: Usage): void {
  for (const [name, amount] of less) sum.set(name, (sum.get(name) ?? 0) - amount);
}

const ONE = 1000;

function usageOf(storage: string, object: KubeObject): Usage {
  const usage: Usage = new Map([[`count/${storage}`, ONE]]);
  if (storage === "pods") podUsage(usage, object as Pod);
  else if (storage === "services") serviceUsage(usage, object as Service);
  else if (storage === "persistentvolumeclaims") claimUsage(usage, object as PersistentVolumeClaim);
  else usage.set(storage, ONE);
  return usage;
}

/** Pods that are through count for nothing but count/pods. */
function podUsage(usage: Usage, pod: Pod): void {
  if (pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed") return;
  usage.set("pods", ONE);
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  for (const which of ["requests", "limits"] as const) {
    for (const [name, amount] of podTotal(containers, initContainers, which)) {
      usage.set(`${which}.${name}`, amount);
      if (which === "requests") usage.set(name, amount);
    }
  }
}

function podTotal(containers: readonly Container[], initContainers: readonly Container[], which: "requests" | "limits"): Usage {
  const total: Usage = new Map();
  const count = (container: Container): void => {
    for (const [name, amount] of Object.entries(container.resources?.[which] ?? {})) total.set(name, (total.get(name) ?? 0) + milliValue(amount));
  };
  containers.forEach(count);
  initContainers.filter((container) => container.restartPolicy === "Always").forEach(count);
  for (const container of initContainers) {
    for (const [name, amount] of Object.entries(container.resources?.[which] ?? {})) total.set(name, Math.max(total.get(name) ?? 0, milliValue(amount)));
  }
  return total;
}

function serviceUsage(usage: Usage, service: Service): void {
  usage.set("services", ONE);
  const type = service.spec?.type;
  if (type === "LoadBalancer") usage.set("services.loadbalancers", ONE);
  if (type === "NodePort" || type === "LoadBalancer") usage.set("services.nodeports", ONE * (service.spec?.ports?.length ?? 0));
}

function claimUsage(usage: Usage, claim: PersistentVolumeClaim): void {
  usage.set("persistentvolumeclaims", ONE);
  const storage = milliValue(claim.spec?.resources?.requests?.["storage"]);
  usage.set("requests.storage", storage);
  const name = claim.spec?.storageClassName ?? "";
  if (name === "") return;
  usage.set(`${name}.storageclass.storage.k8s.io/requests.storage`, storage);
  usage.set(`${name}.storageclass.storage.k8s.io/persistentvolumeclaims`, ONE);
}
