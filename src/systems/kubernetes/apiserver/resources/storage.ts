/**
 * Where the objects of a resource are kept. Prefixes as kube-apiserver writes them into etcd
 * (kubernetes v1.36 pkg/kubeapiserver/default_storage_factory_builder.go, SpecialDefaultResourcePrefixes).
 */
import { builtinResources, findResource, type ResourceInfo, splitApiVersion } from "../../schema/index.ts";

const specialPrefixes: Readonly<Record<string, string>> = {
  replicationcontrollers: "/registry/controllers/",
  endpoints: "/registry/services/endpoints/",
  services: "/registry/services/specs/",
  nodes: "/registry/minions/",
  "ingresses.networking.k8s.io": "/registry/ingress/",
};
/** Groups served by extension servers keep their group in the path. */
const ownPathGroups: ReadonlySet<string> = new Set(["apiextensions.k8s.io", "apiregistration.k8s.io"]);

/** Storage name of a resource: "pods", "deployments.apps"; versions, and the two groups of Events, share one. */
export function storageName(info: ResourceInfo): string {
  const known = names.get(info);
  if (known !== undefined) return known;
  const { group } = splitApiVersion(info.storageVersion);
  const name = group === "" ? info.resource : `${info.resource}.${group}`;
  names.set(info, name);
  return name;
}

/** Storage names worked out so far. Pure derived data. */
const names = new WeakMap<ResourceInfo, string>();

/** Prefix of a resource's keys in etcd. */
export function storagePrefix(info: ResourceInfo, custom: boolean): string {
  const name = storageName(info);
  const special = specialPrefixes[name];
  if (special !== undefined) return special;
  return custom || ownPathGroups.has(info.group) ? `/registry/${info.group}/${info.resource}/` : `/registry/${info.resource}/`;
}

/** True for kinds that are kept, not only answered (a TokenReview isn't). */
export function isStored(info: ResourceInfo): boolean {
  return info.verbs.includes("list") && info.resource !== "componentstatuses";
}

/** Every built-in resource that is kept, one version of each. */
export function storedResources(): readonly ResourceInfo[] {
  return builtinResources().filter((info) => isStored(info) && info.apiVersion === info.storageVersion);
}

/** True for resources of CustomResourceDefinitions: every one that isn't built in. */
export function isCustom(info: ResourceInfo): boolean {
  const known = customs.get(info);
  if (known !== undefined) return known;
  const custom = findResource(info.group, info.version, info.resource) === undefined;
  customs.set(info, custom);
  return custom;
}

/** Answers of {@link isCustom}. Pure derived data; infos of a restored world are copies, so identity says nothing. */
const customs = new WeakMap<ResourceInfo, boolean>();
