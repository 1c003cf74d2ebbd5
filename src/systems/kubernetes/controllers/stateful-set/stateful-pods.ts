/** Pods and claims of a StatefulSet (pkg/controller/statefulset/stateful_set_utils.go). */
import type { PersistentVolumeClaim, Pod, PodTemplateSpec, StatefulSet, Volume } from "../../api/index.ts";
import { isPodReady, podOfTemplate } from "../pods/index.ts";
import { REVISION_HASH } from "../revisions/index.ts";
import type { PlannedRequest, Regarding, View } from "../runtime/index.ts";

/** The set as the object of events and references. */
export function regarding(set: StatefulSet): Regarding {
  return { apiVersion: "apps/v1", kind: "StatefulSet", metadata: set.metadata ?? {} };
}

/** Ordinal of a pod of the set; -1 when its name isn't the set's name and a number. */
export function ordinalOf(set: StatefulSet, pod: Pod): number {
  const prefix = `${set.metadata?.name ?? ""}-`;
  const name = pod.metadata?.name ?? "";
  const text = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : -1;
}

/** First ordinal (spec.ordinals.start). */
export function startOrdinal(set: StatefulSet): number {
  return set.spec?.ordinals?.start ?? 0;
}

/** The pod of an ordinal, from a revision's template. */
export function statefulPod(set: StatefulSet, ordinal: number, revision: string, template: PodTemplateSpec): Pod {
  const setName = set.metadata?.name ?? "";
  const name = `${setName}-${String(ordinal)}`;
  const labels = { "statefulset.kubernetes.io/pod-name": name, "apps.kubernetes.io/pod-index": String(ordinal), [REVISION_HASH]: revision };
  const pod = podOfTemplate(template, regarding(set), { name, labels });
  const claims = set.spec?.volumeClaimTemplates ?? [];
  const names = new Set(claims.map((claim) => claim.metadata?.name));
  const volumes: Volume[] = [
    ...claims.map((claim) => ({ name: claim.metadata?.name ?? "", persistentVolumeClaim: { claimName: claimName(set, claim, ordinal), readOnly: false } })),
    ...(pod.spec?.volumes ?? []).filter((volume) => !names.has(volume.name)),
  ];
  const spec = { ...pod.spec, containers: pod.spec?.containers ?? [], hostname: name, ...(set.spec?.serviceName === undefined ? {} : { subdomain: set.spec.serviceName }) };
  return { ...pod, spec: volumes.length === 0 ? spec : { ...spec, volumes } };
}

function claimName(set: StatefulSet, claim: PersistentVolumeClaim, ordinal: number): string {
  return `${claim.metadata?.name ?? ""}-${set.metadata?.name ?? ""}-${String(ordinal)}`;
}

/** Makes the claims of an ordinal that aren't there. They outlive the pod. */
export function missingClaims(set: StatefulSet, ordinal: number, view: View): PlannedRequest[] {
  const { namespace = "", name: setName = "" } = set.metadata ?? {};
  const podName = `${setName}-${String(ordinal)}`;
  const requests: PlannedRequest[] = [];
  for (const template of set.spec?.volumeClaimTemplates ?? []) {
    const name = claimName(set, template, ordinal);
    if (view.get("persistentvolumeclaims", `${namespace}/${name}`) !== undefined) continue;
    const labels = { ...template.metadata?.labels, ...set.spec?.selector.matchLabels };
    const { annotations } = template.metadata ?? {};
    const body: PersistentVolumeClaim = {
      apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace, labels, ...(annotations === undefined ? {} : { annotations }) },
      ...(template.spec === undefined ? {} : { spec: template.spec }),
    };
    const told = { regarding: regarding(set), type: "Normal" as const, reason: "SuccessfulCreate", message: `create Claim ${name} Pod ${podName} in StatefulSet ${setName} success` };
    requests.push({ call: { verb: "create", group: "", version: "v1", resource: "persistentvolumeclaims", namespace, body }, accept: [409], onSuccess: { event: told } });
  }
  return requests;
}

/** Makes the pod of an ordinal. */
export function createStatefulPod(set: StatefulSet, pod: Pod): PlannedRequest {
  const { namespace = "", name: setName = "" } = set.metadata ?? {};
  const name = pod.metadata?.name ?? "";
  const owner = regarding(set);
  return {
    call: { verb: "create", group: "", version: "v1", resource: "pods", namespace, body: pod },
    onSuccess: {
      note: { kind: "PodCreatedByController", object: `pods/${namespace}/${name}`, data: { owner: `StatefulSet/${setName}` } },
      event: { regarding: owner, type: "Normal", reason: "SuccessfulCreate", message: `create Pod ${name} in StatefulSet ${setName} successful` },
    },
    onFailure: { event: { regarding: owner, type: "Warning", reason: "FailedCreate", message: `create Pod ${name} in StatefulSet ${setName} failed error: {error}` } },
  };
}

/** Deletes a pod of the set. */
export function deleteStatefulPod(set: StatefulSet, pod: Pod, why: string): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = pod.metadata ?? {};
  const setName = set.metadata?.name ?? "";
  const owner = regarding(set);
  return {
    call: { verb: "delete", group: "", version: "v1", resource: "pods", namespace, name, options: { preconditions: { uid } } }, accept: [404],
    onSuccess: {
      note: { kind: "PodDeletedByController", object: `pods/${namespace}/${name}`, data: { owner: `StatefulSet/${setName}`, why } },
      event: { regarding: owner, type: "Normal", reason: "SuccessfulDelete", message: `delete Pod ${name} in StatefulSet ${setName} successful` },
    },
  };
}

/** Running, ready and not going (isHealthy). */
export function isHealthy(pod: Pod): boolean {
  return pod.status?.phase === "Running" && isPodReady(pod) && pod.metadata?.deletionTimestamp === undefined;
}
