/**
 * ConfigMaps, Secrets and claims that the node's pods use: each is watched by name while a pod uses it, as the
 * kubelet's watch-based managers do (pkg/kubelet/util/manager/watch_based_manager.go).
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { ConfigMap, KubeObject, PersistentVolumeClaim, Pod, PodSpec, Secret } from "../api/index.ts";
import { allSynced, cacheOf, createInformers, type InformerSpecs, startInformers } from "../client/index.ts";
import { kubeletClient } from "./client.ts";
import type { KubeletState } from "./state.ts";

/** Resources that can be sources. */
export type SourceKind = "configmaps" | "secrets" | "persistentvolumeclaims";

/** The key of a source: "configmaps/default/app". */
export function sourceKey(kind: SourceKind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** Every node trusts its own cluster: this one is made here instead of fetched for each pod. */
export const ROOT_CA = "kube-root-ca.crt";

/** What a pod's volumes and environment refer to. */
export function sourcesOf(pod: Pod): ReadonlySet<string> {
  const keys = new Set<string>();
  const namespace = pod.metadata?.namespace ?? "default";
  const add = (kind: SourceKind, name: string | undefined): void => {
    if (name !== undefined && name !== "" && name !== ROOT_CA) keys.add(sourceKey(kind, namespace, name));
  };
  const spec = pod.spec;
  if (spec === undefined) return keys;
  volumeSources(spec, add);
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
    for (const from of container.envFrom ?? []) {
      add("configmaps", from.configMapRef?.name);
      add("secrets", from.secretRef?.name);
    }
    for (const { valueFrom } of container.env ?? []) {
      add("configmaps", valueFrom?.configMapKeyRef?.name);
      add("secrets", valueFrom?.secretKeyRef?.name);
    }
  }
  return keys;
}

function volumeSources(spec: PodSpec, add: (kind: SourceKind, name: string | undefined) => void): void {
  for (const volume of spec.volumes ?? []) {
    add("configmaps", volume.configMap?.name);
    add("secrets", volume.secret?.secretName);
    add("persistentvolumeclaims", volume.persistentVolumeClaim?.claimName);
    for (const source of volume.projected?.sources ?? []) {
      add("configmaps", source.configMap?.name);
      add("secrets", source.secret?.name);
    }
  }
}

/** Begins to watch what a pod uses. */
export function watchSources(state: KubeletState, context: Context, uid: string, keys: ReadonlySet<string>): void {
  for (const key of keys) {
    const known = state.sources.get(key);
    if (known !== undefined) {
      known.users.add(uid);
      continue;
    }
    const [resource = "", namespace = "", name = ""] = key.split("/");
    const specs: InformerSpecs = { [key]: { group: "", version: "v1", resource, namespace, fieldSelector: `metadata.name=${name}` } };
    const set = createInformers(kubeletClient(state.config.node), specs);
    state.sources.set(key, { set, specs, users: new Set([uid]) });
    startInformers(set, specs, context);
  }
}

/** A pod is gone: what nobody uses is no longer watched. */
export function releaseSources(state: KubeletState, context: Context, uid: string, keys: ReadonlySet<string>): void {
  for (const key of keys) {
    const source = state.sources.get(key);
    if (source === undefined) continue;
    source.users.delete(uid);
    if (source.users.size > 0) continue;
    for (const informer of source.set.informers.values()) {
      if (informer.stream !== 0) context.close(informer.stream);
      context.cancelTimer(`informer/${informer.name}`);
    }
    state.sources.delete(key);
  }
}

/** True when everything that was asked for has been listed once. */
export function sourcesSynced(state: KubeletState, keys: ReadonlySet<string>): boolean {
  for (const key of keys) {
    const source = state.sources.get(key);
    if (source === undefined || !allSynced(source.set)) return false;
  }
  return true;
}

function find(state: KubeletState, kind: SourceKind, namespace: string, name: string): KubeObject | undefined {
  const key = sourceKey(kind, namespace, name);
  const source = state.sources.get(key);
  return source === undefined ? undefined : cacheOf<KubeObject>(source.set, key).items.get(`${namespace}/${name}`);
}

/** A ConfigMap that a pod uses; the cluster's root certificate is always there. */
export function configMapOf(state: KubeletState, namespace: string, name: string): ConfigMap | undefined {
  if (name === ROOT_CA) return { metadata: { name, namespace }, data: { "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIorrery\n-----END CERTIFICATE-----\n" } };
  return find(state, "configmaps", namespace, name) as ConfigMap | undefined;
}

/** A Secret that a pod uses. */
export function secretOf(state: KubeletState, namespace: string, name: string): Secret | undefined {
  return find(state, "secrets", namespace, name) as Secret | undefined;
}

/** A claim that a pod uses. */
export function claimOf(state: KubeletState, namespace: string, name: string): PersistentVolumeClaim | undefined {
  return find(state, "persistentvolumeclaims", namespace, name) as PersistentVolumeClaim | undefined;
}
