import { isSystemNamespace, type EntityStore } from "../stores/index.ts";
import type { FaultEntry } from "./fault-words.ts";

/** Everything a fault of this kind can be done to, by the names the protocol uses. */
export function targetsFor(target: FaultEntry["target"], entities: EntityStore): string[] {
  const nodes = entities.all("node").map((node) => node.name);
  switch (target) {
    case "node": return nodes;
    case "component": return [...entities.ids("component"), ...nodes.flatMap((name) => [`kubelet/${name}`, `kube-proxy/${name}`, `runtime/${name}`])];
    case "end": return ["control-plane", ...nodes];
    case "pod": return pods(entities).map((pod) => `${pod.namespace}/${pod.name}`);
    case "image": return [...new Set(pods(entities).flatMap((pod) => pod.containers.map((one) => one.image)))];
  }
}

/** The selected thing as a target, when it fits. */
export function suggestedTarget(target: FaultEntry["target"], entities: EntityStore, selected: string): string | undefined {
  const entity = entities.get(selected);
  if (entity === undefined) return undefined;
  if (entity.type === "pod") return { pod: `${entity.namespace}/${entity.name}`, node: entity.node || undefined, end: entity.node || undefined, image: entity.containers[0]?.image, component: entity.node === "" ? undefined : `kubelet/${entity.node}` }[target];
  if (entity.type === "node") return { node: entity.name, end: entity.name, component: `kubelet/${entity.name}`, pod: undefined, image: undefined }[target];
  return entity.type === "component" && target === "component" ? entity.id : undefined;
}

/** Names of a pod's containers; the pod as "namespace/name". */
export function containersOf(target: string, entities: EntityStore): string[] {
  const cut = target.indexOf("/");
  const id = entities.idOf({ apiVersion: "v1", kind: "Pod", namespace: target.slice(0, cut), name: target.slice(cut + 1) });
  return entities.as("pod", id)?.containers.map((one) => one.name) ?? [];
}

function pods(entities: EntityStore) {
  return entities.all("pod").sort((a, b) => Number(isSystemNamespace(a.namespace)) - Number(isSystemNamespace(b.namespace)) || (a.name < b.name ? -1 : 1));
}
