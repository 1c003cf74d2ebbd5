/**
 * Evicting a pod: a deletion that asks the pod's disruption budget first.
 * Source: kubernetes v1.36 pkg/registry/core/pod/storage/eviction.go.
 */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { ApiRequest, ApiResponse, KubeObject, Pod, PodDisruptionBudget, RequestOptions, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { lookupResource } from "../../schema/index.ts";
import { compileSelector } from "../../selectors/index.ts";
import { badRequest, failure, internalError, notFound } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import { deleteMutation } from "../handlers/delete.ts";
import { type Operation, type Outcome, refuse } from "../handlers/operation.ts";
import { unownedFields } from "../resources/ownership.ts";
import type { Server } from "../state.ts";

const PODS = { group: "", resource: "pods" };
const BUDGETS = "poddisruptionbudgets.policy";

/** policy/v1 Eviction. */
interface Eviction extends KubeObject {
  readonly deleteOptions?: RequestOptions;
}

/** What an eviction comes to: the budget to charge first (a write of its own), the plain deletion, or the refusal. */
export type EvictionPlan = { readonly charge: Operation } | { readonly remove: Operation } | { readonly refused: ApiResponse };

/** Decides how an eviction goes on. */
export function planEviction(server: Server, operation: Operation): EvictionPlan {
  const { namespace, objectName, call } = operation;
  const pods = server.state.caches.get("pods");
  const value = pods === undefined ? undefined : cached(pods, namespace, `${namespace}/${objectName}`);
  if (value === undefined) return { refused: notFound(PODS, objectName) };
  const eviction = operation.body as Eviction;
  if (eviction.metadata?.name !== undefined && eviction.metadata.name !== objectName) return { refused: badRequest("name in URL does not match name in Eviction object") };
  const pod = value.object as Stored<Pod>;
  const removal: Operation = { ...operation, name: "evict", call: { ...call, options: { ...call.options, ...eviction.deleteOptions } } };
  if (canIgnoreBudget(pod)) return { remove: removal };
  const budgets = budgetsOf(server, pod);
  if (budgets.length > 1) return { refused: internalErrorText() };
  const [budget] = budgets;
  if (budget === undefined) return { remove: removal };
  if (isUnready(pod) && unreadyMayGo(budget)) return { remove: removal };
  return charge(server, removal, budget);
}

/** Pods that are through, not yet bound or on their way out disturb nobody. */
function canIgnoreBudget(pod: Stored<Pod>): boolean {
  const phase = pod.status?.phase;
  return phase === "Succeeded" || phase === "Failed" || phase === "Pending" || pod.metadata.deletionTimestamp !== undefined;
}

function isUnready(pod: Stored<Pod>): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") !== true;
}

/** unhealthyPodEvictionPolicy: an unready pod may go always, or while the others are healthy enough. */
function unreadyMayGo(budget: Stored<PodDisruptionBudget>): boolean {
  if (budget.spec?.unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

function internalErrorText(): ApiResponse {
  return internalError("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
}

function budgetsOf(server: Server, pod: Stored<Pod>): readonly Stored<PodDisruptionBudget>[] {
  const found: Stored<PodDisruptionBudget>[] = [];
  for (const { object } of server.state.caches.get(BUDGETS)?.items.get(pod.metadata.namespace ?? "")?.values() ?? []) {
    const budget = object as Stored<PodDisruptionBudget>;
    if (compileSelector(budget.spec?.selector)(pod.metadata.labels)) found.push(budget);
  }
  return found;
}

function charge(server: Server, removal: Operation, budget: Stored<PodDisruptionBudget>): EvictionPlan {
  const refused = budgetRefusal(budget);
  if (refused !== undefined) return { refused };
  const info = lookupResource(server.state.kinds, "policy", "v1", "poddisruptionbudgets");
  if (info === undefined) throw new Error("no poddisruptionbudgets");
  const call: ApiRequest = { ...removal.call, body: removal };
  return { charge: { ...removal, name: "evict-budget", info, storage: BUDGETS, objectName: budget.metadata.name, call } };
}

const BUDGET_CAUSE = "DisruptionBudget";

/** Why a budget doesn't allow a disruption now. */
function budgetRefusal(budget: Stored<PodDisruptionBudget>): ApiResponse | undefined {
  const { name, generation = 0 } = budget.metadata;
  const { status } = budget;
  if ((status?.observedGeneration ?? 0) < generation) {
    return tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  }
  if ((status?.disruptionsAllowed ?? 0) > 0) return undefined;
  const { desiredHealthy = 0, currentHealthy = 0 } = status ?? {};
  return tooMany(`The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`, 0);
}

function tooMany(cause: string, retryAfterSeconds: number): ApiResponse {
  const causes = [{ reason: BUDGET_CAUSE, message: cause }];
  return failure(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", { causes, ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }) });
}

/** The mutation that takes one disruption off a budget and writes down the pod. */
export function chargeBudgetMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  if (existing === undefined) return refuse(notFound({ group: "policy", resource: "poddisruptionbudgets" }, operation.objectName));
  const budget = existing.object as Stored<PodDisruptionBudget>;
  const refused = budgetRefusal(budget);
  if (refused !== undefined) return refuse(refused);
  const pod = (operation.call.body as Operation).objectName;
  const allowed = (budget.status?.disruptionsAllowed ?? 0) - 1;
  const others = (budget.status?.conditions ?? []).filter((condition) => condition.type !== "DisruptionAllowed");
  const disrupted = { ...budget.status?.disruptedPods, [pod]: rfc3339(server.context.now) };
  const conditions = allowed > 0 ? budget.status?.conditions : [...others, exhausted(budget, server.context.now)];
  const status = { ...budget.status, disruptionsAllowed: allowed, disruptedPods: disrupted, ...(conditions === undefined ? {} : { conditions }) };
  return { do: "put", object: { ...budget, status } as KubeObject, fields: unownedFields(server, budget, existing.fields) };
}

function exhausted(budget: Stored<PodDisruptionBudget>, now: number): object {
  return { type: "DisruptionAllowed", reason: "InsufficientPods", status: "False", message: "", observedGeneration: budget.status?.observedGeneration ?? 0, lastTransitionTime: rfc3339(now) };
}

/** The mutation of the deletion itself. */
export function evictMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { subresource: _eviction, ...call } = operation.call;
  const outcome = deleteMutation(server, { ...operation, call }, existing);
  if (outcome.do === "put") server.context.note("PodEvicted", `pods/${operation.namespace}/${operation.objectName}`, { user: call.user });
  return outcome;
}
