/**
 * Namespace deletion (pkg/controller/namespace/deletion/namespaced_resources_deleter.go): first the pods, then everything
 * else, then the finalizer. What remains is listed from the API server itself, never from a cache.
 */
import type { ApiResponse, KubeList, KubeObject, Namespace } from "../../api/index.ts";
import type { ApiCall } from "../../client/index.ts";
import { builtinResources } from "../../schema/index.ts";
import { type Controller, type Failure, NO_PLAN, type Plan, type PlannedRequest, planOf, type View } from "../runtime/index.ts";
import { conditionsFor, type Remainder } from "./namespace-conditions.ts";

type Resource = Pick<ApiCall, "group" | "version" | "resource">;

/** How far a namespace's deletion has come. Plain data. */
interface Deletion {
  /** Pods go first (OrderedNamespaceDeletion), then the rest. */
  phase: "pods" | "rest";
  /** Resources that still had something at the last look, by "resource.group"; undefined before the first look. */
  remaining: Map<string, Remainder> | undefined;
}

/** Deletions under way, by namespace. */
export interface NamespaceMemory {
  readonly deletions: Map<string, Deletion>;
}

const FINALIZER = "kubernetes";
const PODS: Resource = { group: "", version: "v1", resource: "pods" };
const BUILTIN: readonly Resource[] = builtinResources()
  .filter((info) => info.namespaced && info.preferred && info.verbs.includes("delete") && info.verbs.includes("list") && !(info.group === "events.k8s.io"))
  .map(({ group, version, resource }) => ({ group, version, resource }));

/** Empties and finalizes namespaces that are being deleted. */
export const namespaceController: Controller<NamespaceMemory> = {
  name: "namespace",
  workers: 10,
  needs: ["namespaces", "customresourcedefinitions.apiextensions.k8s.io"],
  createMemory: () => ({ deletions: new Map() }),
  on: {
    namespaces: (memory, enqueue, _view, key, _before, after) => {
      if (after === undefined) memory.deletions.delete(key);
      else if (after.metadata?.deletionTimestamp !== undefined) enqueue.add(key);
    },
  },
  plan: (key, view, memory) => planContents(key, view, memory),
  conclude: (key, view, memory, now, outcome) => concludeNamespace(key, view, memory, now, outcome.failures),
  learn(memory, _enqueue, key, call, response) {
    if (call.verb === "list" && response?.code === 200) learnRemainder(memory, key, call, response);
  },
};

function planContents(name: string, view: View, memory: NamespaceMemory): Plan {
  const namespace = view.get("namespaces", name);
  if (namespace?.metadata?.deletionTimestamp === undefined || !isHeld(namespace)) return NO_PLAN;
  const deletion = memory.deletions.get(name) ?? { phase: "pods", remaining: undefined };
  memory.deletions.set(name, deletion);
  const resources = resourcesToEmpty(deletion, view);
  const steps = [resources.map((resource) => removeAll(resource, name)), resources.map((resource) => listAll(resource, name))];
  deletion.remaining = new Map();
  return { steps };
}

function isHeld(namespace: Namespace): boolean {
  return namespace.spec?.finalizers?.includes(FINALIZER) === true;
}

function resourcesToEmpty(deletion: Deletion, view: View): readonly Resource[] {
  if (deletion.phase === "pods") return [PODS];
  const all = [...BUILTIN, ...customResources(view)];
  const { remaining } = deletion;
  return remaining === undefined ? all : all.filter((resource) => remaining.has(nameOf(resource)));
}

function customResources(view: View): Resource[] {
  const resources: Resource[] = [];
  for (const { spec } of view.all("customresourcedefinitions.apiextensions.k8s.io")) {
    const version = spec.versions.find((candidate) => candidate.served);
    if (spec.scope === "Namespaced" && version !== undefined) resources.push({ group: spec.group, version: version.name, resource: spec.names.plural });
  }
  return resources;
}

/** Upstream writes "pods." for the core group in these messages: resource, dot, group. */
function nameOf({ resource, group }: Resource): string {
  return `${resource}.${group}`;
}

function removeAll(resource: Resource, namespace: string): PlannedRequest {
  return { call: { verb: "deletecollection", ...resource, namespace, options: { propagationPolicy: "Background" } }, accept: [404, 405] };
}

function listAll(resource: Resource, namespace: string): PlannedRequest {
  return { call: { verb: "list", ...resource, namespace }, accept: [404, 405] };
}

function learnRemainder(memory: NamespaceMemory, key: string, call: ApiCall, response: ApiResponse): void {
  const remaining = memory.deletions.get(key)?.remaining;
  const { items } = response.body as KubeList;
  if (remaining === undefined || items.length === 0) return;
  remaining.set(nameOf(call), { count: items.length, finalizers: countFinalizers(items), graceSeconds: longestGrace(call, items) });
}

function countFinalizers(items: readonly KubeObject[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) for (const finalizer of item.metadata?.finalizers ?? []) counts[finalizer] = (counts[finalizer] ?? 0) + 1;
  return counts;
}

/** Pods may take their grace period to go; upstream waits for half of it before it looks again. */
function longestGrace(call: ApiCall, items: readonly KubeObject[]): number {
  if (call.resource !== "pods") return 0;
  let longest = 0;
  for (const item of items) longest = Math.max(longest, item.metadata?.deletionGracePeriodSeconds ?? 0);
  return longest;
}

function concludeNamespace(name: string, view: View, memory: NamespaceMemory, now: number, failures: readonly Failure[]): Plan {
  const namespace = view.get("namespaces", name);
  const deletion = memory.deletions.get(name);
  if (namespace === undefined || deletion?.remaining === undefined) return NO_PLAN;
  const { remaining } = deletion;
  const left = remaining.size > 0 || failures.length > 0;
  if (!left && deletion.phase === "pods") {
    deletion.phase = "rest";
    deletion.remaining = undefined;
    return { steps: [], requeueAfterMs: 0 };
  }
  if (!left) return planOf([finalize(namespace, name)]);
  if (failures.length > 0) deletion.remaining = undefined;
  return { steps: statusUpdate(namespace, remaining, failures, now), requeueAfterMs: waitMs(remaining) };
}

/** ResourcesRemainingError: half the estimate and one second (namespace_controller.go, worker). */
function waitMs(remaining: ReadonlyMap<string, Remainder>): number {
  let estimate = 0;
  for (const { graceSeconds } of remaining.values()) estimate = Math.max(estimate, graceSeconds);
  return (Math.floor(estimate / 2) + 1) * 1000;
}

function statusUpdate(namespace: Namespace, remaining: ReadonlyMap<string, Remainder>, failures: readonly Failure[], now: number): PlannedRequest[][] {
  const old = namespace.status?.conditions ?? [];
  const conditions = conditionsFor(old, remaining, failures.map((failure) => failure.message), now);
  if (conditions === old) return [];
  const body: Namespace = { ...namespace, apiVersion: "v1", kind: "Namespace", status: { ...namespace.status, phase: "Terminating", conditions } };
  return [[{ call: { verb: "update", group: "", version: "v1", resource: "namespaces", subresource: "status", name: namespace.metadata?.name ?? "", body }, accept: [404] }]];
}

function finalize(namespace: Namespace, name: string): PlannedRequest {
  const finalizers = (namespace.spec?.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER);
  const body: Namespace = { ...namespace, apiVersion: "v1", kind: "Namespace", spec: { ...namespace.spec, finalizers } };
  return {
    call: { verb: "update", group: "", version: "v1", resource: "namespaces", subresource: "finalize", name, body }, accept: [404],
    onSuccess: { note: { kind: "NamespaceFinalized", object: `namespaces/${name}`, data: {} } },
  };
}
