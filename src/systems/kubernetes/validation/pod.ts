/** Pods: creation and bindings. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePodCreate, ValidatePodBinding. */
import type { Binding, Pod, PodTemplate } from "../api/index.ts";
import { validateImagePadding } from "./containers.ts";
import { forbidden, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, rootPath, SPEC } from "./field-path.ts";
import { isEmpty } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validatePodAnnotations } from "./pod-annotations.ts";
import { validatePodSpec } from "./pod-spec.ts";
import { validatePodTemplate } from "./pod-template.ts";

const ANNOTATIONS = METADATA.child("annotations");
const CONTAINERS = SPEC.child("containers");
const INIT_CONTAINERS = SPEC.child("initContainers");

function forbidTokens(pod: Pod, errors: FieldErrors): void {
  if (!isEmpty(pod.spec?.serviceAccountName)) return;
  pod.spec?.volumes?.forEach((volume, index) => {
    volume.projected?.sources?.forEach((source, position) => {
      if (source.serviceAccountToken === undefined) return;
      const path = SPEC.child("volumes").index(index).child("projected").child("sources").index(position).child("serviceAccountToken");
      forbidden(errors, path, "must not be specified when serviceAccountName is not set");
    });
  });
}

/** What a pod must be whether new or changed. */
export function validatePodMetaAndSpec(pod: Pod, errors: FieldErrors): void {
  validateObjectMeta(pod.metadata, true, subdomainName, errors);
  if (pod.metadata?.annotations !== undefined) validatePodAnnotations(pod.metadata.annotations, pod.spec, ANNOTATIONS, errors);
  validatePodSpec(pod.spec, pod.metadata ?? {}, SPEC, errors);
  forbidTokens(pod, errors);
  pod.spec?.containers?.forEach((container, index) => validateImagePadding(container, CONTAINERS.index(index), errors));
  pod.spec?.initContainers?.forEach((container, index) => validateImagePadding(container, INIT_CONTAINERS.index(index), errors));
}

/** A new pod. */
export function validatePod(pod: Pod, errors: FieldErrors): void {
  validatePodMetaAndSpec(pod, errors);
  if ((pod.spec?.ephemeralContainers?.length ?? 0) > 0) forbidden(errors, SPEC.child("ephemeralContainers"), "cannot be set on create");
  if (!isEmpty(pod.spec?.nodeName) && (pod.spec?.schedulingGates?.length ?? 0) > 0) {
    forbidden(errors, SPEC.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
  }
}

/** A request to put a pod on a node. */
export function validateBinding(binding: Binding, errors: FieldErrors): void {
  const { kind, name } = binding.target ?? {};
  if (kind !== undefined && kind !== "" && kind !== "Node") notSupported(errors, rootPath("target", "kind"), kind, ["Node", "<empty>"]);
  if (isEmpty(name)) required(errors, rootPath("target", "name"));
}

/** A PodTemplate object. */
export function validatePodTemplateObject(template: PodTemplate, errors: FieldErrors): void {
  validateObjectMeta(template.metadata, true, subdomainName, errors);
  validatePodTemplate(template.template, rootPath("template"), errors);
}

/** A changed PodTemplate object. */
export function validatePodTemplateObjectUpdate(next: PodTemplate, previous: PodTemplate, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePodTemplate(next.template, rootPath("template"), errors);
}
