/** The kinds that a server knows: the built-in ones, and those that CustomResourceDefinitions add while it runs. */
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from "../api/index.ts";
import { definitionSchema, schemaFor } from "./builtin.ts";
import { structuralSchema } from "./custom/structural.ts";
import type { KindEntry } from "./kind-entry.ts";
import type { SchemaNode } from "./node.ts";
import { apiVersionOf, builtinResources, findKind, findResource, type ResourceInfo, type SubresourceInfo } from "./resources.ts";

/** Where a custom resource's scale sub-resource finds its numbers: JSON paths such as ".spec.replicas". */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/** One served version of one CustomResourceDefinition. */
export interface RegisteredKind {
  /** metadata.name of the CustomResourceDefinition. */
  readonly definition: string;
  readonly info: ResourceInfo;
  /** Schema without apiVersion, kind and metadata, as plain data. */
  readonly schema: SchemaNode;
  readonly scale?: ScalePaths;
  /** Deprecation warning to send with every answer, if the version is deprecated. */
  readonly deprecation?: string;
}

/** Plain data to hold in a component's state. Keys are `apiVersion/Kind` and `apiVersion/resource`. */
export interface KindRegistry {
  readonly kinds: ReadonlyMap<string, RegisteredKind>;
  readonly resources: ReadonlyMap<string, RegisteredKind>;
}

/** A registry without custom resources. */
export const emptyRegistry: KindRegistry = { kinds: new Map(), resources: new Map() };

/** A registry that also serves the definition's versions; an earlier registration of the same definition is replaced. */
export function registerCustomResource(registry: KindRegistry, crd: CustomResourceDefinition): KindRegistry {
  const without = unregisterCustomResource(registry, crd.metadata?.name ?? "");
  const kinds = new Map(without.kinds);
  const resources = new Map(without.resources);
  for (const version of crd.spec.versions) {
    if (!version.served) continue;
    const registered = registeredKind(crd, version);
    kinds.set(`${registered.info.apiVersion}/${registered.info.kind}`, registered);
    resources.set(`${registered.info.apiVersion}/${registered.info.resource}`, registered);
  }
  return { kinds, resources };
}

/** A registry without the kinds of the definition of that name; the same registry when it has none. */
export function unregisterCustomResource(registry: KindRegistry, definition: string): KindRegistry {
  const keep = ([, registered]: readonly [string, RegisteredKind]): boolean => registered.definition !== definition;
  if ([...registry.kinds].every(keep)) return registry;
  return { kinds: new Map([...registry.kinds].filter(keep)), resources: new Map([...registry.resources].filter(keep)) };
}

function registeredKind(crd: CustomResourceDefinition, version: CustomResourceDefinitionVersion): RegisteredKind {
  const scale = version.subresources?.scale;
  const info = infoOf(crd, version);
  return {
    definition: crd.metadata?.name ?? "",
    info,
    schema: crd.spec.preserveUnknownFields === true
      ? { ...structuralSchema(version.schema?.openAPIV3Schema), preserveUnknownFields: true }
      : structuralSchema(version.schema?.openAPIV3Schema),
    ...(scale === undefined ? {} : { scale }),
    ...(version.deprecated === true ? { deprecation: version.deprecationWarning ?? `${info.apiVersion} ${info.kind} is deprecated` } : {}),
  };
}

/** Verbs of a custom resource: apiextensions-apiserver pkg/apiserver/customresource_discovery_controller.go. */
const verbs: readonly string[] = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
const subresourceVerbs: readonly string[] = ["get", "patch", "update"];

function infoOf(crd: CustomResourceDefinition, version: CustomResourceDefinitionVersion): ResourceInfo {
  const { group, names, scope, versions } = crd.spec;
  const storage = versions.find((candidate) => candidate.storage) ?? version;
  const apiVersion = apiVersionOf(group, version.name);
  return {
    group, version: version.name, resource: names.plural, kind: names.kind, apiVersion, verbs,
    singular: names.singular ?? names.kind.toLowerCase(),
    listKind: names.listKind ?? `${names.kind}List`,
    namespaced: scope === "Namespaced",
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    subresources: subresourcesOf(version, names.kind, apiVersion),
    storageVersion: apiVersionOf(group, storage.name),
    preferred: preferredVersion(crd) === version.name,
  };
}

function subresourcesOf(version: CustomResourceDefinitionVersion, kind: string, apiVersion: string): readonly SubresourceInfo[] {
  const { scale, status } = version.subresources ?? {};
  return [
    ...(scale === undefined ? [] : [{ name: "scale", kind: "Scale", apiVersion: "autoscaling/v1", verbs: subresourceVerbs }]),
    ...(status === undefined ? [] : [{ name: "status", kind, apiVersion, verbs: subresourceVerbs }]),
  ];
}

/** GA before beta before alpha, higher numbers first, other names last by text (apimachinery pkg/version CompareKubeAwareVersionStrings). */
function preferredVersion(crd: CustomResourceDefinition): string | undefined {
  return crd.spec.versions.filter((version) => version.served).map((version) => version.name).sort(compareVersions)[0];
}

/** Orders API versions with the preferred one first: v2, v1, v1beta1, v1alpha1, foo. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionRank(a), versionRank(b)];
  for (let at = 0; at < left.length; at++) {
    const difference = (right[at] ?? 0) - (left[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : Number(a > b);
}

function versionRank(version: string): readonly number[] {
  const found = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (found === null) return [0, 0, 0];
  const stage = found[2] === undefined ? 3 : found[2] === "beta" ? 2 : 1;
  return [stage, Number(found[1]), Number(found[3] ?? 0)];
}

/** Entries made so far, by what they were made from. Pure derived data. */
const builtinEntries = new Map<string, KindEntry>();
const customEntries = new WeakMap<RegisteredKind, KindEntry>();

/** The kind of an object, built in or custom. */
export function lookupKind(registry: KindRegistry, apiVersion: string, kind: string): KindEntry | undefined {
  const key = `${apiVersion}/${kind}`;
  let entry = builtinEntries.get(key);
  if (entry !== undefined) return entry;
  entry = builtinEntry(apiVersion, kind);
  if (entry !== undefined) {
    builtinEntries.set(key, entry);
    return entry;
  }
  const registered = registry.kinds.get(key);
  return registered === undefined ? undefined : customEntry(registered);
}

function builtinEntry(apiVersion: string, kind: string): KindEntry | undefined {
  const schema = schemaFor(apiVersion, kind);
  if (schema === undefined) return undefined;
  const info = findKind(apiVersion, kind);
  return { apiVersion, kind, schema, custom: false, ...(info === undefined ? {} : { info }) };
}

function customEntry(registered: RegisteredKind): KindEntry {
  let entry = customEntries.get(registered);
  if (entry === undefined) {
    const { info, schema } = registered;
    entry = { apiVersion: info.apiVersion, kind: info.kind, custom: true, info, schema: withTypeFields(schema) };
    customEntries.set(registered, entry);
  }
  return entry;
}

const text: SchemaNode = { type: "string", goType: "string" };

function withTypeFields(schema: SchemaNode): SchemaNode {
  const metadata = definitionSchema("meta", "ObjectMeta") ?? { type: "object" };
  return { ...schema, properties: { ...schema.properties, apiVersion: text, kind: text, metadata } };
}

/** The resource of a path, built in or custom. */
export function lookupResource(registry: KindRegistry, group: string, version: string, resource: string): ResourceInfo | undefined {
  return findResource(group, version, resource) ?? registry.resources.get(`${apiVersionOf(group, version)}/${resource}`)?.info;
}

/** Every served resource, the built-in ones first. */
export function allResources(registry: KindRegistry): readonly ResourceInfo[] {
  return registry.kinds.size === 0 ? builtinResources() : [...builtinResources(), ...[...registry.kinds.values()].map((registered) => registered.info)];
}
