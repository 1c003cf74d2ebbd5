import { isSystemNamespace, type EntityStore } from "../stores/index.ts";

/** A thing the palette can find. */
export interface PaletteThing {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

const LIMIT = 400;

/** Things by name, one's own before the cluster's, at most as many as can be searched at once. */
export function paletteThings(entities: EntityStore): PaletteThing[] {
  const named = [
    ...entities.all("workload").map((one) => ({ id: one.id, name: one.name, kind: one.kind, namespace: one.namespace })),
    ...entities.all("service").map((one) => ({ id: one.id, name: one.name, kind: "Service", namespace: one.namespace })),
    ...entities.all("node").map((one) => ({ id: one.id, name: one.name, kind: "Node", namespace: "" })),
    ...entities.all("pod").map((one) => ({ id: one.id, name: one.name, kind: "Pod", namespace: one.namespace })),
    ...entities.all("component").map((one) => ({ id: one.id, name: one.title, kind: one.id, namespace: "" })),
  ];
  return named.sort((a, b) => Number(isSystemNamespace(a.namespace)) - Number(isSystemNamespace(b.namespace))).slice(0, LIMIT);
}
