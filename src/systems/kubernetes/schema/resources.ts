/** The resources that a v1.36 API server serves by default: the stable versions of the built-in groups. */
import { resourceRows } from "./generated/resources.ts";
import { categories, shortNames } from "./short-names.ts";

/** One sub-resource, e.g. "scale". Its kind may belong to another group version (autoscaling/v1 Scale). */
export interface SubresourceInfo {
  readonly name: string;
  /** Kind that goes in and out, and its apiVersion. */
  readonly kind: string;
  readonly apiVersion: string;
  readonly verbs: readonly string[];
}

/** One served resource in one version: what discovery tells about it. */
export interface ResourceInfo {
  /** "" for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural name, as in the path: "pods". */
  readonly resource: string;
  readonly singular: string;
  readonly kind: string;
  /** `group/version`, or `version` for the core group. */
  readonly apiVersion: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  /** Discovery's verbs, with "watch" where lists can be watched. */
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly SubresourceInfo[];
  /** The apiVersion that objects are stored as: "autoscaling/v2" for both versions of HorizontalPodAutoscaler. */
  readonly storageVersion: string;
  /** True when discovery prefers this version within its group. */
  readonly preferred: boolean;
}

/** apiVersion of the kinds that sub-resources take from another group (discovery of a v1.36 server). */
const foreignKinds: Readonly<Record<string, string>> = { Scale: "autoscaling/v1", Eviction: "policy/v1", TokenRequest: "authentication.k8s.io/v1" };
/** Stored in another version than served: pkg/apis/autoscaling/install (v2 first); events share one storage with core/v1. */
const storedElsewhere: Readonly<Record<string, string>> = { "autoscaling/v1/horizontalpodautoscalers": "autoscaling/v2", "events.k8s.io/v1/events": "v1" };
/** autoscaling prefers v2 over v1; every other group has one stable version. */
const notPreferred: ReadonlySet<string> = new Set(["autoscaling/v1"]);

/** "apps", "v1" → "apps/v1"; "", "v1" → "v1". */
export function apiVersionOf(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

/** "apps/v1" → ["apps", "v1"]; "v1" → ["", "v1"]. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? { group: "", version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Verbs in discovery's order; the description's paths lack "watch", which every listable stored resource has. */
function verbsOf(resource: string, verbs: string): readonly string[] {
  const list = verbs.split(",");
  return list.includes("list") && resource !== "componentstatuses" ? [...list, "watch"].sort() : list;
}

type Row = (typeof resourceRows)[number];

function subresourcesOf(row: Row): readonly SubresourceInfo[] {
  const [group, version, resource] = row;
  return resourceRows
    .filter((other) => other[0] === group && other[1] === version && other[2].startsWith(`${resource}/`))
    .map(([, , path, kind, , verbs]) => ({
      name: path.slice(resource.length + 1), kind, apiVersion: foreignKinds[kind] ?? apiVersionOf(group, version), verbs: verbs.split(","),
    }));
}

function infoOf(row: Row): ResourceInfo {
  const [group, version, resource, kind, namespaced, verbs] = row;
  const apiVersion = apiVersionOf(group, version);
  const key = `${group}/${resource}`;
  return {
    group, version, resource, kind, apiVersion,
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
    namespaced: namespaced === 1,
    verbs: verbsOf(resource, verbs),
    shortNames: shortNames[key] ?? [],
    categories: categories[key] ?? [],
    subresources: subresourcesOf(row),
    storageVersion: storedElsewhere[`${apiVersion}/${resource}`] ?? apiVersion,
    preferred: !notPreferred.has(apiVersion),
  };
}

const infos: readonly ResourceInfo[] = resourceRows.filter((row) => !row[2].includes("/")).map(infoOf);
const byResource = new Map(infos.map((info) => [`${info.apiVersion}/${info.resource}`, info]));
const byKind = new Map(infos.map((info) => [`${info.apiVersion}/${info.kind}`, info]));

/** Every built-in resource, ordered by group, version and name. */
export function builtinResources(): readonly ResourceInfo[] {
  return infos;
}

/** The built-in resource of a path, e.g. ("apps", "v1", "deployments"). Sub-resources are inside their resource. */
export function findResource(group: string, version: string, resource: string): ResourceInfo | undefined {
  return byResource.get(`${apiVersionOf(group, version)}/${resource}`);
}

/** The built-in resource of an object's apiVersion and kind. */
export function findKind(apiVersion: string, kind: string): ResourceInfo | undefined {
  return byKind.get(`${apiVersion}/${kind}`);
}
