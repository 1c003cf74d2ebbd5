/** ReplicaSets and ReplicationControllers behave alike; what differs between them is here. */
import type { PodTemplateSpec, ReplicaSet, ReplicationController } from "../../api/index.ts";
import { compileSelector, type LabelMatcher, type LabelSelectorLike } from "../../selectors/index.ts";
import type { InformedKinds, View } from "../runtime/index.ts";

/** Either kind. Their specs differ in the selector alone. */
export type ReplicaSetLike = ReplicaSet | ReplicationController;

/** One of the kinds. */
export interface SetKind {
  readonly informer: "replicasets.apps" | "replicationcontrollers";
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Source of its events. */
  readonly eventSource: string;
  /** Whether the status counts terminating pods (apps/v1 only). */
  readonly countsTerminating: boolean;
  matcher(set: ReplicaSetLike): LabelMatcher;
}

const asLabelSelectors = new WeakMap<object, LabelSelectorLike>();

/** apps/v1 ReplicaSet. */
export const REPLICA_SET: SetKind = {
  informer: "replicasets.apps", group: "apps", version: "v1", resource: "replicasets", apiVersion: "apps/v1", kind: "ReplicaSet", eventSource: "replicaset-controller", countsTerminating: true,
  matcher: (set) => compileSelector((set as ReplicaSet).spec?.selector),
};

/** v1 ReplicationController. An empty selector selects nothing here (defaulting has filled it from the template). */
export const REPLICATION_CONTROLLER: SetKind = {
  informer: "replicationcontrollers", group: "", version: "v1", resource: "replicationcontrollers", apiVersion: "v1", kind: "ReplicationController", eventSource: "replication-controller", countsTerminating: false,
  matcher: (set) => compileSelector(labelSelectorOf((set as ReplicationController).spec?.selector)),
};

function labelSelectorOf(labels: Readonly<Record<string, string>> | undefined): LabelSelectorLike | undefined {
  if (labels === undefined || Object.keys(labels).length === 0) return undefined;
  const known = asLabelSelectors.get(labels);
  if (known !== undefined) return known;
  const selector: LabelSelectorLike = { matchLabels: labels };
  asLabelSelectors.set(labels, selector);
  return selector;
}

/** The set with a key. */
export function setOf(kind: SetKind, view: View, key: string): ReplicaSetLike | undefined {
  return view.get<keyof InformedKinds & SetKind["informer"]>(kind.informer, key);
}

/** Replicas wanted (defaulted to 1 by the API server). */
export function replicasOf(set: ReplicaSetLike): number {
  return set.spec?.replicas ?? 1;
}

/** The pod template; a set without one makes no pods. */
export function templateOf(set: ReplicaSetLike): PodTemplateSpec {
  return set.spec?.template ?? {};
}
