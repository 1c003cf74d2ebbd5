/**
 * Brings one Service and its load balancer together, a request at a time. Order, reasons and messages of Events:
 * kubernetes staging/src/k8s.io/cloud-provider/controllers/service/controller.go, syncLoadBalancerIfNeeded.
 */
import type { Context } from "../../../engine/bus/index.ts";
import { addAfter, done, failuresOf, forget, takeNext } from "../../../engine/reconcile/index.ts";
import { API_SERVER, type ApiResponse, LOAD_BALANCERS, type Service, splitKey, type Status, succeeded } from "../api/index.ts";
import { type ApiClient, cacheOf, callApi } from "../client/index.ts";
import { recordEvent, referenceTo } from "../events/index.ts";
import type { BalancerAnswer, DeleteBalancer, EnsureBalancer } from "./balancer-messages.ts";
import { balancerName, balancerSpec, CLEANUP_FINALIZER, hasFinalizer, wantsBalancer } from "./service-needs.ts";
import type { CloudControllerState, Step, StepTag } from "./state.ts";

/** Who it is to the API server. */
export const CLIENT: ApiClient = { server: API_SERVER, user: "system:serviceaccount:kube-system:cloud-controller-manager", agent: "cloud-controller-manager" };

/** First and longest wait after a failure (minRetryDelay, maxRetryDelay). */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 300_000;

/** Begins the sync of every Service that is due. */
export function syncReady(state: CloudControllerState, context: Context): void {
  for (let key = takeNext(state.queue); key !== undefined; key = takeNext(state.queue)) begin(state, context, key);
}

function serviceAt(state: CloudControllerState, key: string): Service | undefined {
  return cacheOf<Service>(state.informers, "services").items.get(key);
}

function begin(state: CloudControllerState, context: Context, key: string): void {
  const service = serviceAt(state, key);
  if (service === undefined) finish(state, key);
  else if (wantsBalancer(service)) beginEnsure(state, context, key, service);
  else if (hasFinalizer(service)) beginDelete(state, context, key, service);
  else finish(state, key);
}

function beginEnsure(state: CloudControllerState, context: Context, key: string, service: Service): void {
  const known = state.ensured.get(key);
  if (known?.wanted === wantedText(service, key) && hasFinalizer(service) && ipOf(service) === known.ip) {
    if (known.nodes === nodeNames(state)) finish(state, key);
    else askCloud(state, context, key, service, "update-nodes");
    return;
  }
  tell(state, context, service, "Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
  if (nodeNames(state).length === 0) tell(state, context, service, "Warning", "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
  if (known === undefined && ipOf(service) === "") context.note("LoadBalancerRequested", `services/${key}`, { service: service.metadata?.name ?? "", name: balancerName(service) });
  if (hasFinalizer(service)) askCloud(state, context, key, service, "ensure");
  else patch(context, key, "add-finalizer", { metadata: { finalizers: [...(service.metadata?.finalizers ?? []), CLEANUP_FINALIZER], resourceVersion: service.metadata?.resourceVersion } });
}

function beginDelete(state: CloudControllerState, context: Context, key: string, service: Service): void {
  tell(state, context, service, "Normal", "DeletingLoadBalancer", "Deleting load balancer");
  const ask: DeleteBalancer = { type: "cloud/DeleteLoadBalancer", name: balancerName(service) };
  context.request(LOAD_BALANCERS, ask, tagOf(key, "delete"));
}

function askCloud(state: CloudControllerState, context: Context, key: string, service: Service, step: "ensure" | "update-nodes"): void {
  const ask: EnsureBalancer = { type: "cloud/EnsureLoadBalancer", spec: balancerSpec(service, key, nodeNames(state)) };
  context.request(LOAD_BALANCERS, ask, tagOf(key, step));
}

/** A request of a sync was answered: what comes next. */
export function stepAnswered(state: CloudControllerState, context: Context, tag: StepTag, answer: ApiResponse | BalancerAnswer): void {
  const { sync: key, step } = tag;
  if (answer.type === "api-response" && !succeeded(answer) && !(step !== "add-finalizer" && answer.code === 404)) {
    retry(state, context, key, answer.code === 409 ? undefined : (answer.body as Status).message);
    return;
  }
  const service = serviceAt(state, key);
  if (service === undefined) {
    state.ensured.delete(key);
    finish(state, key);
  } else if (answer.type === "api-response") written(state, context, key, service, step);
  else if (answer.error !== "") retry(state, context, key, answer.error);
  else if (step === "delete") deletedAtCloud(state, context, key, service);
  else ensured(state, context, key, service, step, answer.ip);
}

function written(state: CloudControllerState, context: Context, key: string, service: Service, step: Step): void {
  if (step === "add-finalizer") askCloud(state, context, key, service, "ensure");
  else if (step === "remove-finalizer") released(state, context, key, service);
  else {
    if (step === "write-status") context.note("LoadBalancerReady", `services/${key}`, { service: service.metadata?.name ?? "", ip: state.ensured.get(key)?.ip ?? "" });
    finish(state, key);
  }
}

function ensured(state: CloudControllerState, context: Context, key: string, service: Service, step: Step, ip: string): void {
  state.ensured.set(key, { wanted: wantedText(service, key), nodes: nodeNames(state), ip });
  if (step === "update-nodes") tell(state, context, service, "Normal", "UpdatedLoadBalancer", "Updated load balancer with new hosts");
  else tell(state, context, service, "Normal", "EnsuredLoadBalancer", "Ensured load balancer");
  if (ipOf(service) === ip) finish(state, key);
  else patch(context, key, "write-status", { status: { loadBalancer: { ingress: [{ ip, ipMode: "VIP" }] } } }, "status");
}

function deletedAtCloud(state: CloudControllerState, context: Context, key: string, service: Service): void {
  state.ensured.delete(key);
  context.note("LoadBalancerDeleted", `services/${key}`, { service: service.metadata?.name ?? "", ip: ipOf(service) });
  const finalizers = (service.metadata?.finalizers ?? []).filter((finalizer) => finalizer !== CLEANUP_FINALIZER);
  patch(context, key, "remove-finalizer", { metadata: { finalizers, resourceVersion: service.metadata?.resourceVersion } });
}

function released(state: CloudControllerState, context: Context, key: string, service: Service): void {
  tell(state, context, service, "Normal", "DeletedLoadBalancer", "Deleted load balancer");
  if (service.metadata?.deletionTimestamp === undefined && ipOf(service) !== "") patch(context, key, "clear-status", { status: { loadBalancer: { ingress: null } } }, "status");
  else finish(state, key);
}

/** A request of a sync got no answer. */
export function stepFailed(state: CloudControllerState, context: Context, tag: StepTag, reason: string): void {
  retry(state, context, tag.sync, tag.step === "ensure" || tag.step === "delete" ? `cloud API: ${reason}` : undefined);
}

function finish(state: CloudControllerState, key: string): void {
  forget(state.queue, key);
  done(state.queue, key);
}

/** Tries again later; `problem` is told as an Event, unless it is a conflict of writers or the API server's absence. */
function retry(state: CloudControllerState, context: Context, key: string, problem: string | undefined): void {
  const service = serviceAt(state, key);
  if (problem !== undefined && service !== undefined) tell(state, context, service, "Warning", "SyncLoadBalancerFailed", `Error syncing load balancer: ${problem}`);
  const failures = failuresOf(state.queue, key);
  state.queue.failures.set(key, failures + 1);
  done(state.queue, key);
  addAfter(state.queue, context, key, Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 10), LAST_RETRY_MS));
}

function patch(context: Context, key: string, step: Step, body: unknown, subresource?: string): void {
  const options = { patchType: "application/merge-patch+json" } as const;
  callApi(context, CLIENT, { verb: "patch", group: "", version: "v1", resource: "services", ...splitKey(key), body, options, ...(subresource === undefined ? {} : { subresource }) }, tagOf(key, step));
}

function tagOf(sync: string, step: Step): StepTag {
  return { sync, step };
}

function tell(state: CloudControllerState, context: Context, service: Service, type: "Normal" | "Warning", reason: string, message: string): void {
  recordEvent(state.recorder, context, CLIENT, { regarding: referenceTo(service, "Service", "v1"), type, reason, message });
}

/** What of a Service the cloud has to know, as text to compare. */
function wantedText(service: Service, key: string): string {
  return JSON.stringify(balancerSpec(service, key, []));
}

function ipOf(service: Service): string {
  return service.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
}

/** The nodes that may take traffic; the same list until they change. */
function nodeNames(state: CloudControllerState): readonly string[] {
  if (state.nodeNames.length !== state.nodes.size) state.nodeNames = [...state.nodes];
  return state.nodeNames;
}
