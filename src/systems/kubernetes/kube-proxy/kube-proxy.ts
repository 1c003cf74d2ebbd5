/**
 * kube-proxy/<node>: watches Services and EndpointSlices and programs the node's network with their rules, at most once
 * a second, as its iptables mode does. The rules outlive it: a proxy that is down only leaves them to go stale.
 */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import { byIndex } from "../../../engine/reconcile/index.ts";
import type { ServiceRules, SetServiceRules } from "../../containers/network/index.ts";
import { API_SERVER, type EndpointSlice, type KubeObject, type Service } from "../api/index.ts";
import {
  allSynced, type ApiClient, cacheOf, createInformers, informerClosed, informerData, informerFailure, informerReply, type InformerSpecs, informerTimer, startInformers,
} from "../client/index.ts";
import { hasRules, serviceRules } from "./build-rules.ts";
import { isReady } from "./endpoint-sets.ts";
import type { HealthCheck, HealthChecked, KubeProxyConfig, KubeProxyState } from "./state.ts";

/** Who it is (pkg/proxy, system:node-proxier is bound to this user). */
const CLIENT: ApiClient = { server: API_SERVER, user: "system:kube-proxy", agent: "kube-proxy" };
/** Shortest time between two syncs (KubeProxyConfiguration iptables.minSyncPeriod, default 1s). */
const MIN_SYNC_PERIOD_MS = 1000;
/** What iptables-restore takes: a round figure for a partial sync, and for each service in it. */
const RESTORE_MS = 30;
const RESTORE_SERVICE_MS = 1;
const LONGEST_RESTORE_MS = 2000;
const SYNC_TIMER = "sync";
const SERVICE_NAME_LABEL = "kubernetes.io/service-name";
/** Not for kube-proxy: headless services, and those another proxy handles (pkg/proxy, cmd/kube-proxy/app/server.go). */
const FOR_PROXIES = "!service.kubernetes.io/headless,!service.kubernetes.io/service-proxy-name";

/** "namespace/name" of the service a slice belongs to. */
function serviceOf(slice: KubeObject): string {
  const { namespace = "", labels } = slice.metadata ?? {};
  return `${namespace}/${labels?.[SERVICE_NAME_LABEL] ?? ""}`;
}

const SPECS: InformerSpecs = {
  services: { group: "", version: "v1", resource: "services", labelSelector: FOR_PROXIES },
  slices: { group: "discovery.k8s.io", version: "v1", resource: "endpointslices", labelSelector: FOR_PROXIES, indexes: { service: (slice) => [serviceOf(slice)] } },
};

/** The kube-proxy of a node. */
export const kubeProxy: Behaviour<KubeProxyState, KubeProxyConfig> = {
  type: "kube-proxy",
  start(context, config) {
    const state: KubeProxyState = { config, informers: createInformers(CLIENT, SPECS), dirty: new Set(), complete: false, lastSyncAt: Number.NEGATIVE_INFINITY, told: new Map() };
    startInformers(state.informers, SPECS, context);
    return state;
  },
  onReply(state, context, body, tag) {
    informerReply(state.informers, SPECS, context, body, tag, state, changed);
    syncSoon(state, context);
  },
  onData(state, context, body, stream, tag) {
    informerData(state.informers, SPECS, context, body, stream, tag, state, changed);
    syncSoon(state, context);
  },
  onFailure: (state, context, _reason, tag) => void informerFailure(state.informers, context, tag),
  onClosed: (state, context, reason, stream, tag) => void informerClosed(state.informers, SPECS, context, reason, stream, tag),
  onTimer(state, context, name) {
    if (name === SYNC_TIMER) sync(state, context);
    else informerTimer(state.informers, SPECS, context, name);
  },
  onMessage(state, context, body) {
    if (body.type !== "network/RulesLost") return;
    state.complete = false;
    syncSoon(state, context);
  },
  onRequest(state, context, body, request) {
    const answer: HealthChecked = { type: "kube-proxy/health", healthy: isHealthy(state, body as HealthCheck) };
    context.reply(request, answer);
  },
};

/** A proxy is healthy when it runs; a service's own health port also wants a ready endpoint on this node (pkg/proxy/healthcheck). */
function isHealthy(state: KubeProxyState, { service }: HealthCheck): boolean {
  if (service === undefined) return true;
  const slices = byIndex(cacheOf<EndpointSlice>(state.informers, "slices"), "service", service);
  return slices.some((slice) => slice.endpoints?.some((endpoint) => endpoint.nodeName === state.config.node && isReady(endpoint)) === true);
}

function changed(state: KubeProxyState, _context: Context, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (informer === "services") {
    if (!sameService(before as Service | undefined, after as Service | undefined)) state.dirty.add(key);
    return;
  }
  if (before !== undefined) state.dirty.add(serviceOf(before));
  if (after !== undefined) state.dirty.add(serviceOf(after));
}

/** True when nothing the rules depend on has changed. */
function sameService(before: Service | undefined, after: Service | undefined): boolean {
  return before !== undefined && after !== undefined && before.spec === after.spec && before.status === after.status;
}

/** Syncs now, or as soon as the last sync is long enough ago (pkg/proxy/runner, BoundedFrequencyRunner). */
function syncSoon(state: KubeProxyState, context: Context): void {
  if ((state.complete && state.dirty.size === 0) || !allSynced(state.informers)) return;
  const waitMs = state.lastSyncAt + MIN_SYNC_PERIOD_MS - context.now;
  if (waitMs <= 0) sync(state, context);
  else if (!context.hasTimer(SYNC_TIMER)) context.setTimer(SYNC_TIMER, waitMs);
}

function sync(state: KubeProxyState, context: Context): void {
  const full = !state.complete;
  const services = cacheOf<Service>(state.informers, "services").items;
  const message = rulesFor(state, full ? services.keys() : state.dirty, full);
  state.dirty.clear();
  state.complete = true;
  state.lastSyncAt = context.now;
  const restoreMs = RESTORE_MS + RESTORE_SERVICE_MS * (message.changed.length + message.removed.length);
  context.send(state.config.network, message, Math.min(restoreMs, LONGEST_RESTORE_MS));
  if (state.config.quiet !== true) tell(state, context, message);
}

function rulesFor(state: KubeProxyState, keys: Iterable<string>, full: boolean): SetServiceRules {
  const services = cacheOf<Service>(state.informers, "services").items;
  const slices = cacheOf<EndpointSlice>(state.informers, "slices");
  const changedRules: ServiceRules[] = [];
  const removed: string[] = [];
  for (const key of keys) {
    const service = services.get(key);
    if (service !== undefined && hasRules(service)) changedRules.push(serviceRules(service, byIndex(slices, "service", key)));
    else if (!full) removed.push(key);
  }
  return { type: "network/SetServiceRules", full, changed: changedRules, removed };
}

/** Tells people of services that now lead elsewhere; what the cluster itself needs is left out. */
function tell(state: KubeProxyState, context: Context, message: SetServiceRules): void {
  for (const { service, entries } of message.changed) {
    if (service.startsWith("kube-system/") || service === "default/kubernetes") continue;
    const addresses = (entries[0]?.endpoints.cluster ?? []).map(({ ip }) => ip);
    const list = addresses.join(" ");
    if (state.told.get(service) === list) continue;
    state.told.set(service, list);
    const name = service.slice(service.indexOf("/") + 1);
    context.note("RulesProgrammed", `services/${service}`, { service: name, endpoints: addresses.length, what: `${name} → ${addresses.length} endpoint${addresses.length === 1 ? "" : "s"}` });
  }
  for (const service of message.removed) {
    if (!state.told.delete(service)) continue;
    const name = service.slice(service.indexOf("/") + 1);
    context.note("RulesProgrammed", `services/${service}`, { service: name, endpoints: 0, what: `${name} is gone` });
  }
}
