/**
 * CustomResourceDefinitions: names are accepted, the definition becomes established, and its resources are served.
 * Source: kubernetes v1.36 staging/src/k8s.io/apiextensions-apiserver/pkg/controller/{status/naming_controller.go,establish}.
 */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { ApiRequest, CustomResourceDefinition, KubeObject, Stored } from "../../api/index.ts";
import { allResources, lookupResource, registerCustomResource, type ResourceInfo, unregisterCustomResource } from "../../schema/index.ts";
import { readList } from "../cache/feed.ts";
import { createResourceCache, type ResourceCache } from "../cache/resource-cache.ts";
import { operationFor, startInternal } from "../handlers/serve.ts";
import { endWatches } from "../handlers/watch.ts";
import type { Server } from "../state.ts";
import { storageName, storagePrefix } from "./storage.ts";

/** Storage name of definitions. */
export const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

type Definition = Stored<CustomResourceDefinition>;

/** A definition has changed: serve, stop serving, or write its conditions. */
export function followDefinition(server: Server, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (after === undefined) {
    if (before !== undefined) stopServing(server, before as Definition);
    return;
  }
  const definition = after as Definition;
  if (isEstablished(definition)) serve(server, definition);
  if (definition.metadata.deletionTimestamp !== undefined) cleanUp(server, definition);
  else if (!isEstablished(definition)) establish(server, definition);
}

/** True once the API serves the definition's resources. */
function isEstablished(definition: Definition): boolean {
  return definition.status?.conditions?.some((condition) => condition.type === "Established" && condition.status === "True") === true;
}

function infosOf(server: Server, definition: Definition): readonly ResourceInfo[] {
  const { group, names, versions } = definition.spec;
  return versions.map((version) => lookupResource(server.state.kinds, group, version.name, names.plural)).filter((info) => info !== undefined);
}

function serve(server: Server, definition: Definition): void {
  const { state } = server;
  state.kinds = registerCustomResource(state.kinds, definition);
  for (const info of infosOf(server, definition)) {
    const storage = storageName(info);
    if (state.caches.has(storage)) continue;
    const cache = createResourceCache(storage, info.kind, storagePrefix(info, true), info.namespaced);
    state.caches.set(storage, cache);
    readList(server, cache);
  }
}

function stopServing(server: Server, definition: Definition): void {
  const { state } = server;
  for (const info of infosOf(server, definition)) {
    const storage = storageName(info);
    const cache = state.caches.get(storage);
    if (cache === undefined) continue;
    endWatches(server, storage);
    if (cache.stream !== 0) server.context.close(cache.stream);
    state.caches.delete(storage);
  }
  state.kinds = unregisterCustomResource(state.kinds, definition.metadata.name);
}

/** The name of a kind or plural that another resource of the group has already; undefined = all are free. */
function takenName(server: Server, definition: Definition): string | undefined {
  const { group, names } = definition.spec;
  for (const info of allResources(server.state.kinds)) {
    if (info.group !== group) continue;
    if (info.resource === names.plural) return `"${names.plural}" is already in use`;
    if (info.kind === names.kind) return `"${names.kind}" is already in use`;
  }
  return undefined;
}

function establish(server: Server, definition: Definition): void {
  const taken = takenName(server, definition);
  const known = definition.status?.conditions?.find((condition) => condition.type === "NamesAccepted");
  if (taken !== undefined && known?.status === "False") return;
  const finalizers = taken === undefined ? [...(definition.metadata.finalizers ?? []), CLEAN_UP] : definition.metadata.finalizers;
  const metadata = finalizers === undefined ? definition.metadata : { ...definition.metadata, finalizers };
  writeDefinition(server, { ...definition, metadata, status: statusOf(definition, taken, rfc3339(server.context.now)) } as KubeObject, "status");
}

function writeDefinition(server: Server, body: KubeObject, subresource: string): void {
  const info = lookupResource(server.state.kinds, "apiextensions.k8s.io", "v1", "customresourcedefinitions");
  if (info === undefined) throw new Error("no customresourcedefinitions");
  const call: ApiRequest = {
    type: "api-request", verb: "update", group: "apiextensions.k8s.io", version: "v1", resource: "customresourcedefinitions",
    name: body.metadata?.name ?? "", user: LOOPBACK_USER, agent: "kube-apiserver", body, ...(subresource === "" ? {} : { subresource }),
  };
  startInternal(server, { ...operationFor(call, 0, info, "update"), body });
}

/** Finalizer that keeps a definition until its objects are gone (apiextensions v1 types.go, CustomResourceCleanupFinalizer). */
const CLEAN_UP = "customresourcecleanup.apiextensions.k8s.io";
const LOOPBACK_USER = "system:apiserver";

/** A definition is being deleted: first all its objects, then itself. */
function cleanUp(server: Server, definition: Definition): void {
  if (definition.metadata.finalizers?.includes(CLEAN_UP) !== true) return;
  const info = infosOf(server, definition)[0];
  const cache = info === undefined ? undefined : server.state.caches.get(storageName(info));
  if (cache !== undefined && !cache.ready) return;
  if (info === undefined || cache === undefined || cache.items.size === 0) {
    const finalizers = definition.metadata.finalizers.filter((name) => name !== CLEAN_UP);
    writeDefinition(server, { ...definition, metadata: { ...definition.metadata, finalizers } }, "");
    return;
  }
  for (const group of cache.items.values()) {
    for (const { object } of group.values()) {
      const { name, namespace, deletionTimestamp } = object.metadata;
      if (deletionTimestamp !== undefined) continue;
      const call: ApiRequest = {
        type: "api-request", verb: "delete", group: info.group, version: info.version, resource: info.resource, name, user: LOOPBACK_USER, agent: "kube-apiserver",
        ...(namespace === undefined ? {} : { namespace }),
      };
      startInternal(server, operationFor(call, 0, info, "delete"));
    }
  }
}

/** An object has gone; if it was the last of a custom resource whose definition is being deleted, the definition goes too. */
export function lastOfItsKind(server: Server, cache: ResourceCache): void {
  if (cache.items.size === 0) goOnDeleting(server, cache);
}

/** Goes on with the deletion of the definition that a cache belongs to, if it is being deleted: after a list, after the last object. */
export function goOnDeleting(server: Server, cache: ResourceCache): void {
  for (const { object } of server.state.caches.get(DEFINITIONS)?.items.get("")?.values() ?? []) {
    const definition = object as Definition;
    const { group, names } = definition.spec;
    if (`${names.plural}.${group}` === cache.storage && definition.metadata.deletionTimestamp !== undefined) cleanUp(server, definition);
  }
}

function statusOf(definition: Definition, taken: string | undefined, lastTransitionTime: string): object {
  const { names, versions } = definition.spec;
  const accepted = { ...names, singular: names.singular ?? names.kind.toLowerCase(), listKind: names.listKind ?? `${names.kind}List` };
  const stored = versions.filter((version) => version.storage).map((version) => version.name);
  if (taken !== undefined) {
    return {
      acceptedNames: { kind: "", plural: "" }, storedVersions: stored,
      conditions: [
        { type: "NamesAccepted", status: "False", reason: "PluralConflict", message: taken, lastTransitionTime },
        { type: "Established", status: "False", reason: "NotAccepted", message: "not all names are accepted", lastTransitionTime },
      ],
    };
  }
  return {
    acceptedNames: accepted, storedVersions: stored,
    conditions: [
      { type: "NamesAccepted", status: "True", reason: "NoConflicts", message: "no conflicts found", lastTransitionTime },
      { type: "Established", status: "True", reason: "InitialNamesAccepted", message: "the initial names have been accepted", lastTransitionTime },
    ],
  };
}
