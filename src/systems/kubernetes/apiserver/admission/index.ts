/** The admission plug-ins that kube-apiserver runs by default, in upstream's order (pkg/kubeapiserver/options/plugins.go). */
import type { ApiResponse, KubeObject, Pod } from "../../api/index.ts";
import type { ApiServerConfig } from "../config.ts";
import type { Server } from "../state.ts";
import type { AdmissionAttributes, AdmissionPlugin, Admitted } from "./admission.ts";
import { defaultIngressClass, defaultStorageClass } from "./default-class.ts";
import { defaultTolerationSeconds } from "./default-toleration-seconds.ts";
import { limitRanger } from "./limit-ranger.ts";
import { namespaceLifecycle } from "./namespace-lifecycle.ts";
import { nodeRestriction } from "./node-restriction.ts";
import { priority } from "./priority.ts";
import { resourceQuota } from "./resource-quota.ts";
import { runtimeClass } from "./runtime-class.ts";
import { serviceAccount } from "./service-account.ts";
import { storageObjectInUseProtection } from "./storage-object-in-use-protection.ts";
import { taintNodesByCondition } from "./taint-nodes-by-condition.ts";

/** Webhooks and admission policies come in before ResourceQuota; their configurations are stored but not yet called. */
const plugins: readonly AdmissionPlugin[] = [
  namespaceLifecycle, limitRanger, serviceAccount, nodeRestriction, taintNodesByCondition, priority, defaultTolerationSeconds, defaultStorageClass,
  storageObjectInUseProtection, runtimeClass, defaultIngressClass, resourceQuota,
];

/** Plug-ins that look at a storage name and verb, worked out once for each configuration. Pure derived data. */
type Chains = Map<string, Partial<Record<AdmissionAttributes["verb"], readonly AdmissionPlugin[]>>>;
const chainsOf = new WeakMap<ApiServerConfig, Chains>();

function chainFor(server: Server, { storage, verb }: AdmissionAttributes): readonly AdmissionPlugin[] {
  const { config } = server.state;
  let chains = chainsOf.get(config);
  if (chains === undefined) chainsOf.set(config, (chains = new Map()));
  let byVerb = chains.get(storage);
  if (byVerb === undefined) chains.set(storage, (byVerb = {}));
  return (byVerb[verb] ??= plugins.filter((plugin) => isConcerned(config, plugin, storage, verb)));
}

function isConcerned(config: ApiServerConfig, plugin: AdmissionPlugin, storage: string, verb: AdmissionAttributes["verb"]): boolean {
  if (config.disableAdmissionPlugins?.includes(plugin.name) === true) return false;
  return plugin.verbs.includes(verb) && (plugin.resources.includes("*") || plugin.resources.includes(storage));
}

/** A pod's spec and containers are never absent once decoded (core/v1 types.go: not pointers); that they are empty is for validation to say. */
function withPodSpec(attributes: AdmissionAttributes): AdmissionAttributes {
  const pod = attributes.object as Pod | undefined;
  if (pod?.kind !== "Pod" || Array.isArray(pod.spec?.containers)) return attributes;
  return { ...attributes, object: { ...pod, spec: { ...pod.spec, containers: [] } } as KubeObject };
}

/** Runs the plug-ins that change objects. */
export function admit(server: Server, attributes: AdmissionAttributes): Admitted {
  let current = withPodSpec(attributes);
  for (const plugin of chainFor(server, attributes)) {
    if (plugin.admit === undefined) continue;
    const result = plugin.admit(server, current);
    if ("refused" in result) return result;
    if (result.object !== current.object) current = { ...current, object: result.object };
  }
  return { object: current.object ?? {} };
}

/** Runs the plug-ins that only say no. */
export function checkAdmission(server: Server, attributes: AdmissionAttributes): ApiResponse | undefined {
  for (const plugin of chainFor(server, attributes)) {
    const refused = plugin.validate?.(server, attributes);
    if (refused !== undefined) return refused;
  }
  return undefined;
}
export type { AdmissionAttributes, AdmissionPlugin, Admitted } from "./admission.ts";
