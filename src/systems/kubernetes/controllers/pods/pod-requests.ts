/** Making and deleting pods for a controller, with what upstream says about it (pkg/controller/controller_utils.go, RealPodControl). */
import type { Pod, PodTemplateSpec } from "../../api/index.ts";
import { controllerRef } from "../ownership/index.ts";
import type { PlannedRequest, Regarding } from "../runtime/index.ts";

/** Reason of the event when a pod could not be made. */
export const FAILED_CREATE = "FailedCreate";
/** Reason of the event when a pod could not be deleted. */
export const FAILED_DELETE = "FailedDelete";

/** The pod of a template. Names and extra labels differ per pod; without a name the API server makes one. */
export function podOfTemplate(template: PodTemplateSpec, owner: Regarding, own?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> }): Pod {
  const meta = template.metadata;
  const labels = own?.labels === undefined ? meta?.labels : { ...meta?.labels, ...own.labels };
  const annotations = own?.annotations === undefined ? meta?.annotations : { ...meta?.annotations, ...own.annotations };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...(own?.name === undefined ? { generateName: `${owner.metadata.name ?? ""}-` } : { name: own.name }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(meta?.finalizers === undefined ? {} : { finalizers: meta.finalizers }),
      ownerReferences: [controllerRef(owner, owner.apiVersion, owner.kind)],
    },
    ...(template.spec === undefined ? {} : { spec: template.spec }),
  };
}

/** Asks for a pod. One request object may stand for many pods with generated names. */
export function createPod(pod: Pod, owner: Regarding): PlannedRequest {
  const namespace = owner.metadata.namespace ?? "";
  return {
    call: { verb: "create", group: "", version: "v1", resource: "pods", namespace, body: pod },
    onSuccess: {
      note: { kind: "PodCreatedByController", object: `pods/${namespace}/{name}`, data: { owner: `${owner.kind}/${owner.metadata.name ?? ""}` } },
      event: { regarding: owner, type: "Normal", reason: "SuccessfulCreate", message: "Created pod: {name}" },
    },
    onFailure: {
      note: { kind: "PodCreationFailed", object: `pods/${namespace}/${owner.metadata.name ?? ""}`, data: { owner: `${owner.kind}/${owner.metadata.name ?? ""}`, message: "{error}" } },
      event: { regarding: owner, type: "Warning", reason: FAILED_CREATE, message: "Error creating: {error}" },
    },
  };
}

/** Asks for a pod to go. `why` is for people. */
export function deletePod(pod: Pod, owner: Regarding, why: string): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = pod.metadata ?? {};
  return {
    call: { verb: "delete", group: "", version: "v1", resource: "pods", namespace, name, options: { preconditions: { uid } } },
    accept: [404],
    onSuccess: {
      note: { kind: "PodDeletedByController", object: `pods/${namespace}/${name}`, data: { owner: `${owner.kind}/${owner.metadata.name ?? ""}`, why } },
      event: { regarding: owner, type: "Normal", reason: "SuccessfulDelete", message: `Deleted pod: ${name}` },
    },
    onFailure: { event: { regarding: owner, type: "Warning", reason: FAILED_DELETE, message: "Error deleting: {error}" } },
  };
}
