import type { WorkloadView } from "../../protocol/index.ts";
import { controllerOf, type KubeObject, type Stored } from "../../systems/kubernetes/api/index.ts";

interface Loose {
  readonly spec?: { readonly replicas?: number; readonly completions?: number; readonly paused?: boolean; readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } } };
  readonly status?: Readonly<Record<string, unknown>> & { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[] };
}

/** Resources that own pods or owners of pods, by kind. */
export const WORKLOAD_KINDS: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "CronJob"]);

/** The stage's view of a workload. */
export function workloadView(object: Stored): WorkloadView {
  const { spec, status } = object as KubeObject & Loose;
  const count = (...names: readonly string[]): number => Number(names.map((name) => status?.[name]).find((value) => value !== undefined) ?? 0);
  const daemon = object.kind === "DaemonSet";
  return {
    type: "workload", id: object.metadata.uid, kind: object.kind, namespace: object.metadata.namespace ?? "", name: object.metadata.name,
    owner: controllerOf(object)?.uid ?? "",
    desired: daemon ? count("desiredNumberScheduled") : (spec?.replicas ?? spec?.completions ?? (object.kind === "CronJob" ? 0 : 1)),
    current: count("replicas", "currentNumberScheduled", "active"), ready: count("readyReplicas", "numberReady", "ready"),
    updated: count("updatedReplicas", "updatedNumberScheduled", "succeeded"),
    revision: object.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? "",
    images: (spec?.template?.spec?.containers ?? []).map((container) => container.image ?? ""),
    paused: spec?.paused === true, problem: problemOf(status?.conditions ?? []), leaving: object.metadata.deletionTimestamp !== undefined,
  };
}

function problemOf(conditions: readonly { readonly type: string; readonly status: string; readonly reason?: string }[]): string {
  for (const { type, status, reason } of conditions) {
    if (type === "Progressing" && status === "False") return reason ?? "Stalled";
    if ((type === "ReplicaFailure" || type === "Failed") && status === "True") return reason ?? type;
  }
  return "";
}
