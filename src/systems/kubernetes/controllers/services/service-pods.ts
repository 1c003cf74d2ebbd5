/** Which services a pod belongs to, and which of its changes they care about (staging/src/k8s.io/endpointslice/util/controller_utils.go). */
import { deepEqual } from "../../../../base/json/index.ts";
import type { Pod, Service } from "../../api/index.ts";
import { isPodReady, isPodTerminal } from "../pods/index.ts";
import { BY_NAMESPACE, BY_SELECTOR, type Enqueue, selectorPair, type View } from "../runtime/index.ts";

type Labels = Readonly<Record<string, string>>;

/** True when labels carry everything a service's selector asks for. */
export function selects(selector: Labels, labels: Labels | undefined): boolean {
  for (const key in selector) if (labels?.[key] !== selector[key]) return false;
  return true;
}

/** Keys of the services that select a pod with these labels. */
export function servicesOf(view: View, namespace: string, labels: Labels | undefined): string[] {
  const found: string[] = [];
  for (const key in labels) {
    for (const service of view.keys("services", BY_SELECTOR, selectorPair(namespace, key, labels[key] as string))) {
      const selector = view.get("services", service)?.spec?.selector;
      if (selector !== undefined && selects(selector, labels)) found.push(service);
    }
  }
  return found;
}

/** Which pods each service selects, kept up with every change, so that no sync looks at other pods. Plain data. */
export interface ServiceMemory {
  /** Pod keys by service key. */
  readonly members: Map<string, Set<string>>;
}

/** Nothing known yet. */
export function createServiceMemory(): ServiceMemory {
  return { members: new Map() };
}

/** The pods that a service selects. */
export function podsOf(view: View, memory: ServiceMemory, service: string): Pod[] {
  const pods: Pod[] = [];
  for (const key of memory.members.get(service) ?? []) {
    const pod = view.get("pods", key);
    if (pod !== undefined) pods.push(pod);
  }
  return pods;
}

/** Takes a changed service into account. */
export function serviceChanged(memory: ServiceMemory, view: View, key: string, before: Service | undefined, after: Service | undefined): void {
  const selector = after?.spec?.selector;
  if (selector === undefined) {
    memory.members.delete(key);
    return;
  }
  if (before !== undefined && deepEqual(before.spec?.selector, selector)) return;
  const members = new Set<string>();
  for (const podKey of view.keys("pods", BY_NAMESPACE, after?.metadata?.namespace ?? "")) {
    if (selects(selector, view.get("pods", podKey)?.metadata?.labels)) members.add(podKey);
  }
  memory.members.set(key, members);
}

/** True when an address, the node, readiness, ending or the name of a pod changed: what its endpoint is made of (podEndpointsChanged). */
export function endpointChanged(before: Pod, after: Pod): boolean {
  return before.metadata?.deletionTimestamp !== after.metadata?.deletionTimestamp || isPodReady(before) !== isPodReady(after)
    || isPodTerminal(before) !== isPodTerminal(after) || before.status?.podIP !== after.status?.podIP || before.spec?.nodeName !== after.spec?.nodeName
    || before.spec?.hostname !== after.spec?.hostname || before.spec?.subdomain !== after.spec?.subdomain
    || !deepEqual(before.status?.podIPs, after.status?.podIPs);
}

/** Up to this many pods a service is synced at once. */
const SMALL_SERVICE = 100;
/** Time that a sync takes for each of its pods, ms: round figure, so that changes of a big service are handled together as they are upstream. */
const SYNC_MS_PER_POD = 0.05;

/** Puts a service on the queue; a big one a little later, with what else happens to it until then. */
export function enqueueService(memory: ServiceMemory, enqueue: Enqueue, service: string): void {
  const size = memory.members.get(service)?.size ?? 0;
  if (size <= SMALL_SERVICE) enqueue.add(service);
  else enqueue.addAfter(service, Math.ceil(size * SYNC_MS_PER_POD));
}

/** True when the pod can't be an endpoint yet or any more. */
function hasNoAddress(pod: Pod | undefined): boolean {
  return pod === undefined || isPodTerminal(pod) || (pod.status?.podIP ?? "") === "";
}

/** Takes a changed pod into account and puts the services on the queue that it belongs to or belonged to. */
export function podChanged(memory: ServiceMemory, enqueue: Enqueue, view: View, key: string, before: Pod | undefined, after: Pod | undefined): void {
  const namespace = (after ?? before)?.metadata?.namespace ?? "";
  const isRelabelled = before === undefined || after === undefined || !deepEqual(before.metadata?.labels, after.metadata?.labels);
  if (!isRelabelled && !endpointChanged(before, after)) return;
  const isNews = !hasNoAddress(before) || !hasNoAddress(after);
  if (isRelabelled && before !== undefined) {
    for (const service of servicesOf(view, namespace, before.metadata?.labels)) {
      memory.members.get(service)?.delete(key);
      if (isNews) enqueueService(memory, enqueue, service);
    }
  }
  if (after === undefined) return;
  for (const service of servicesOf(view, namespace, after.metadata?.labels)) {
    if (isRelabelled) memory.members.get(service)?.add(key);
    if (isNews) enqueueService(memory, enqueue, service);
  }
}
