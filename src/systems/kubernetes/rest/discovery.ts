/** Discovery documents. Source: k8s.io/apiserver v1.36 pkg/endpoints/discovery and https://kubernetes.io/docs/reference/using-api/api-concepts/#discovery-api. */
import { allResources, compareVersions, type KindRegistry, type ResourceInfo, type SubresourceInfo } from "../schema/index.ts";

/** GET /api. */
export function apiVersions(serverAddress: string): object {
  return { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress }] };
}

/** GET /apis. */
export function apiGroupList(kinds: KindRegistry): object {
  const groups = [...new Set(allResources(kinds).map((info) => info.group))].filter((group) => group !== "");
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map((group) => groupOf(kinds, group)) };
}

/** GET /apis/GROUP; undefined when there is no such group. */
export function apiGroup(kinds: KindRegistry, group: string): object | undefined {
  if (!allResources(kinds).some((info) => info.group === group)) return undefined;
  return { kind: "APIGroup", apiVersion: "v1", ...groupOf(kinds, group) };
}

function groupOf(kinds: KindRegistry, group: string): { readonly name: string; readonly versions: readonly object[]; readonly preferredVersion: object } {
  const infos = allResources(kinds).filter((info) => info.group === group);
  const versions = [...new Set(infos.map((info) => info.version))].sort(compareVersions);
  const preferred = infos.find((info) => info.preferred)?.version ?? versions[0] ?? "";
  const entry = (version: string): object => ({ groupVersion: `${group}/${version}`, version });
  return { name: group, versions: versions.map(entry), preferredVersion: entry(preferred) };
}

/** GET /api/v1 or /apis/GROUP/VERSION; undefined when there is no such version. */
export function apiResourceList(kinds: KindRegistry, group: string, version: string): object | undefined {
  const infos = allResources(kinds).filter((info) => info.group === group && info.version === version);
  if (infos.length === 0) return undefined;
  const resources = infos.flatMap((info) => [resourceEntry(info), ...info.subresources.map((sub) => subresourceEntry(info, sub))]);
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion: group === "" ? version : `${group}/${version}`, resources };
}

function resourceEntry(info: ResourceInfo): object {
  return {
    name: info.resource, singularName: info.singular, namespaced: info.namespaced, kind: info.kind, verbs: info.verbs,
    ...(info.shortNames.length === 0 ? {} : { shortNames: info.shortNames }), ...(info.categories.length === 0 ? {} : { categories: info.categories }),
  };
}

function subresourceEntry(info: ResourceInfo, sub: SubresourceInfo): object {
  const foreign = sub.apiVersion !== info.apiVersion;
  const slash = sub.apiVersion.indexOf("/");
  const place = foreign ? { group: slash < 0 ? "" : sub.apiVersion.slice(0, slash), version: sub.apiVersion.slice(slash + 1) } : {};
  return { name: `${info.resource}/${sub.name}`, singularName: "", namespaced: info.namespaced, ...place, kind: sub.kind, verbs: sub.verbs };
}
