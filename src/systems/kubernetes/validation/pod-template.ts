/** Pod templates inside workloads. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePodTemplateSpec. */
import { matchesSelector, selectorFromLabelSelector } from "../selectors/index.ts";
import type { LabelSelector, PodTemplateSpec } from "../api/index.ts";
import { asMap, forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { selectsEverything, validateAnnotations, validateLabels, validateLabelSelector } from "./labels.ts";
import { validatePodAnnotations } from "./pod-annotations.ts";
import { validatePodSpec } from "./pod-spec.ts";

/** A template: metadata's labels and annotations, and the pod's spec. */
export function validatePodTemplate(template: PodTemplateSpec | undefined, path: FieldPath, errors: FieldErrors): void {
  const meta = template?.metadata;
  // Upstream leaves "metadata" out of these two paths.
  validateLabels(meta?.labels, path, "labels", errors);
  validateAnnotations(meta?.annotations, path, "annotations", errors);
  validatePodAnnotations(meta?.annotations, template?.spec, path.child("annotations"), errors);
  validatePodSpec(template?.spec, undefined, path.child("spec"), errors);
  if ((template?.spec?.ephemeralContainers?.length ?? 0) > 0) {
    forbidden(errors, path.child("spec").child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
  }
}

/** The printed form of a LabelSelector: fields in the API's order. */
export function selectorValue(selector: LabelSelector): unknown {
  return {
    ...(selector.matchLabels === undefined ? {} : { matchLabels: asMap(selector.matchLabels) }),
    ...(selector.matchExpressions === undefined
      ? {}
      : { matchExpressions: selector.matchExpressions.map(({ key, operator, values }) => ({ key, operator, ...(values === undefined ? {} : { values }) })) }),
  };
}

/** A workload's selector must be there, be well-formed and ask for something. `kind` stands in the complaint. */
export function validateWorkloadSelector(selector: LabelSelector | undefined, kind: string, path: FieldPath, errors: FieldErrors): void {
  if (selector === undefined) {
    required(errors, path);
    return;
  }
  validateLabelSelector(selector, path, errors);
  if (selectsEverything(selector)) invalid(errors, path, selectorValue(selector), `empty selector is invalid for ${kind}`);
}

/** The template's labels must be among those the selector asks for. False when the selector cannot be read. */
export function validateTemplateMatches(
  selector: LabelSelector | undefined, template: PodTemplateSpec | undefined, path: FieldPath, errors: FieldErrors,
): boolean {
  const result = selectorFromLabelSelector(selector);
  if ("error" in result) return false;
  const labels = template?.metadata?.labels;
  const asksNothing = result.selector.nothing !== true && result.selector.requirements.length === 0;
  if (!asksNothing && !matchesSelector(result.selector, labels)) {
    invalid(errors, path.child("metadata").child("labels"), asMap(labels), "`selector` does not match template `labels`");
  }
  return true;
}

/** Pods that are replaced when they end must restart always, and have no deadline. */
export function validateAlwaysRestarts(template: PodTemplateSpec | undefined, kind: string, path: FieldPath, errors: FieldErrors): void {
  const spec = path.child("spec");
  const restartPolicy = template?.spec === undefined ? "Always" : (template.spec.restartPolicy ?? "");
  if (restartPolicy !== "Always") notSupported(errors, spec.child("restartPolicy"), restartPolicy, ["Always"]);
  if (template?.spec?.activeDeadlineSeconds !== undefined) {
    forbidden(errors, spec.child("activeDeadlineSeconds"), `activeDeadlineSeconds in ${kind} is not Supported`);
  }
}
