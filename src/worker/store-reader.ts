/** Reads the store directly, as only a stage or a checker may. */
import type { World } from "../engine/bus/index.ts";
import { list } from "../engine/store/index.ts";
import type { ObjectRef } from "../protocol/index.ts";
import { ETCD, type KubeObject, type Stored } from "../systems/kubernetes/api/index.ts";
import type { EtcdState } from "../systems/kubernetes/etcd/index.ts";

/** Every object, by resource and key. */
export function storedObjects(world: World): Stored[] {
  const store = world.stateOf<EtcdState>(ETCD)?.store;
  if (store === undefined) return [];
  return [...store.prefixes.keys()].flatMap((prefix) => list(store, prefix).map((item) => item.value.object));
}

/** Kinds that are kept below one prefix (/registry/services/specs and /registry/services/endpoints). */
const SHARING: ReadonlySet<string> = new Set(["Service", "Endpoints"]);

/** All objects of a kind. Some share a prefix: Services and their Endpoints live below one. */
export function objectsOfKind(world: World, kind: string): Stored[] {
  const store = world.stateOf<EtcdState>(ETCD)?.store;
  if (store === undefined) return [];
  for (const [prefix, group] of store.prefixes) {
    const first = group.values().next().value?.value.object.kind ?? "";
    if (first !== kind && !(SHARING.has(kind) && SHARING.has(first))) continue;
    return list(store, prefix).map((item) => item.value.object).filter((object) => object.kind === kind);
  }
  return [];
}

/** The object a reference names. The API version may be another served one: group and kind decide. */
export function findObject(world: World, ref: ObjectRef): Stored | undefined {
  return objectsOfKind(world, ref.kind).find((object) => object.metadata.name === ref.name && (object.metadata.namespace ?? "") === ref.namespace && groupOf(object.apiVersion) === groupOf(ref.apiVersion));
}

/** The object as a person reads it: managedFields folded away unless asked for. */
export function shownObject(object: Stored, managedFields: boolean): KubeObject {
  if (managedFields || object.metadata.managedFields === undefined) return object;
  const { managedFields: _folded, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}
