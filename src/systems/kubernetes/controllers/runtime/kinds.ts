/**
 * What kube-controller-manager watches: every built-in resource that can be listed and deleted (the garbage collector
 * needs them all), once, shared by all controllers; with the indexes that the controllers look things up by.
 * Model: shared informers of cmd/kube-controller-manager/app/controllermanager.go and the garbage collector's monitors.
 */
import type { CacheIndex } from "../../../../engine/reconcile/index.ts";
import {
  type ConfigMap, controllerOf, type ControllerRevision, type CronJob, type CustomResourceDefinition, type DaemonSet, type Deployment, type Endpoints,
  type EndpointSlice, type Job, type KubeObject, type Lease, type Namespace, type Node, type PersistentVolume, type PersistentVolumeClaim, type Pod,
  type ReplicaSet, type ReplicationController, type ResourceQuota, type Service, type ServiceAccount, type StatefulSet, type StorageClass,
} from "../../api/index.ts";
import type { InformerSpec, InformerSpecs } from "../../client/index.ts";
import { builtinResources, type ResourceInfo } from "../../schema/index.ts";

/** The informers that controllers ask by name, with the type of their objects. Names are made by {@link informerName}. */
export interface InformedKinds {
  readonly pods: Pod;
  readonly nodes: Node;
  readonly namespaces: Namespace;
  readonly services: Service;
  readonly endpoints: Endpoints;
  readonly serviceaccounts: ServiceAccount;
  readonly configmaps: ConfigMap;
  readonly replicationcontrollers: ReplicationController;
  readonly resourcequotas: ResourceQuota;
  readonly persistentvolumes: PersistentVolume;
  readonly persistentvolumeclaims: PersistentVolumeClaim;
  readonly "replicasets.apps": ReplicaSet;
  readonly "deployments.apps": Deployment;
  readonly "daemonsets.apps": DaemonSet;
  readonly "statefulsets.apps": StatefulSet;
  readonly "controllerrevisions.apps": ControllerRevision;
  readonly "jobs.batch": Job;
  readonly "cronjobs.batch": CronJob;
  readonly "endpointslices.discovery.k8s.io": EndpointSlice;
  readonly "leases.coordination.k8s.io": Lease;
  readonly "storageclasses.storage.k8s.io": StorageClass;
  readonly "customresourcedefinitions.apiextensions.k8s.io": CustomResourceDefinition;
}
/** Name of a typed informer. */
export type InformedKind = keyof InformedKinds;

/** Index of dependents by the uid of the controller they have, or by {@link orphansOf} their namespace if they have none. */
export const BY_CONTROLLER = "controller";
/** Index by namespace. */
export const BY_NAMESPACE = "namespace";
/** Index of pods by spec.nodeName ("" = not assigned). */
export const BY_NODE = "node";
/** Index of EndpointSlices by the service they belong to (`namespace/name`). */
export const BY_SERVICE = "service";
/** Index of services by the first pair of their selector, as {@link selectorPair} writes it: finds the services of a pod. */
export const BY_SELECTOR = "selector";
/** Label of an EndpointSlice that names its service (k8s.io/api/discovery/v1/well_known_labels.go). */
export const SERVICE_NAME_LABEL = "kubernetes.io/service-name";

/** Value of the {@link BY_CONTROLLER} index for objects of a namespace without a controller. */
export function orphansOf(namespace: string): string {
  return `orphans/${namespace}`;
}

/** Name of a resource's informer: "pods", "replicasets.apps". */
export function informerName(group: string, resource: string): string {
  return group === "" ? resource : `${resource}.${group}`;
}

function byController(object: KubeObject): readonly string[] {
  return [controllerOf(object)?.uid ?? orphansOf(object.metadata?.namespace ?? "")];
}
function byNamespace(object: KubeObject): readonly string[] {
  return [object.metadata?.namespace ?? ""];
}
function byNode(object: KubeObject): readonly string[] {
  return [(object as Pod).spec?.nodeName ?? ""];
}
function byService(object: KubeObject): readonly string[] {
  const meta = object.metadata;
  const service = meta?.labels?.[SERVICE_NAME_LABEL];
  return service === undefined ? [] : [`${meta?.namespace ?? ""}/${service}`];
}

/** A namespace and a label: value of the {@link BY_SELECTOR} index. */
export function selectorPair(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

function bySelector(object: KubeObject): readonly string[] {
  const selector = (object as Service).spec?.selector;
  if (selector === undefined) return [];
  for (const key in selector) return [selectorPair(object.metadata?.namespace ?? "", key, selector[key] as string)];
  return [];
}

const owned: CacheIndex<KubeObject> = { [BY_CONTROLLER]: byController };
const ownedByNamespace: CacheIndex<KubeObject> = { [BY_CONTROLLER]: byController, [BY_NAMESPACE]: byNamespace };
const namespaced: CacheIndex<KubeObject> = { [BY_NAMESPACE]: byNamespace };

const INDEXES: Readonly<Record<string, CacheIndex<KubeObject>>> = {
  pods: { [BY_CONTROLLER]: byController, [BY_NAMESPACE]: byNamespace, [BY_NODE]: byNode },
  "replicasets.apps": ownedByNamespace,
  "deployments.apps": namespaced,
  "daemonsets.apps": namespaced,
  "statefulsets.apps": namespaced,
  "controllerrevisions.apps": owned,
  "jobs.batch": owned,
  replicationcontrollers: namespaced,
  resourcequotas: namespaced,
  services: { [BY_NAMESPACE]: byNamespace, [BY_SELECTOR]: bySelector },
  serviceaccounts: namespaced,
  persistentvolumeclaims: namespaced,
  "endpointslices.discovery.k8s.io": { [BY_SERVICE]: byService },
};

/** Events own nothing and are owned by nothing that matters (garbagecollector.DefaultIgnoredResources). */
function isWatched(info: ResourceInfo): boolean {
  return info.preferred && info.resource !== "events" && info.verbs.includes("list") && info.verbs.includes("watch") && info.verbs.includes("delete");
}

function specOf(info: ResourceInfo): InformerSpec {
  const { group, version, resource } = info;
  const indexes = INDEXES[informerName(group, resource)];
  return { group, version, resource, ...(indexes === undefined ? {} : { indexes }) };
}

/** The informers of the built-in resources. */
export const INFORMER_SPECS: InformerSpecs = Object.fromEntries(
  builtinResources().filter(isWatched).map((info) => [informerName(info.group, info.resource), specOf(info)]),
);
