/** Affinity of pods. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validateAffinity. */
import { dns1123LabelErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { Affinity, LabelSelector, NodeAffinity, PodAffinity, PodAffinityTerm } from "../api/index.ts";
import { invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, complainAt, isEmpty } from "./field-rules.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateNodeSelector, validateNodeSelectorTerm } from "./node-selectors.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

function validateWeight(weight: number | undefined, path: FieldPath, errors: FieldErrors): void {
  const value = weight ?? 0;
  if (value <= 0 || value > 100) invalid(errors, path.child("weight"), value, "must be in the range 1-100");
}

function validateNodeAffinity(affinity: NodeAffinity, path: FieldPath, errors: FieldErrors): void {
  if (affinity[REQUIRED] !== undefined) validateNodeSelector(affinity[REQUIRED], path.child(REQUIRED), errors);
  affinity[PREFERRED]?.forEach((term, index) => {
    const at = path.child(PREFERRED).index(index);
    validateWeight(term.weight, at, errors);
    validateNodeSelectorTerm(term.preference ?? {}, false, at.child("preference"), errors);
  });
}

function validateLabelKeys(keys: readonly string[] | undefined, selector: LabelSelector | undefined, path: FieldPath, errors: FieldErrors): void {
  if (keys === undefined || keys.length === 0) return;
  if (selector === undefined) invalid(errors, path, keys, "must not be specified when labelSelector is not set");
  keys.forEach((key, index) => complainAt(errors, path.index(index), key, qualifiedNameErrors(key)));
}

function validateMatchLabelKeys(term: PodAffinityTerm, path: FieldPath, errors: FieldErrors): void {
  const { matchLabelKeys, mismatchLabelKeys, labelSelector } = term;
  if (matchLabelKeys === undefined && mismatchLabelKeys === undefined) return;
  validateLabelKeys(matchLabelKeys, labelSelector, path.child("matchLabelKeys"), errors);
  validateLabelKeys(mismatchLabelKeys, labelSelector, path.child("mismatchLabelKeys"), errors);
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = matchLabelKeys?.indexOf(key) ?? -1;
    if (index >= 0 && seen.has(key)) invalid(errors, path.index(index), key, "exists in both matchLabelKeys and labelSelector");
    seen.add(key);
  }
  matchLabelKeys?.forEach((key, index) => {
    if (mismatchLabelKeys?.includes(key) !== true) return;
    invalid(errors, path.child("matchLabelKeys").index(index), key, "exists in both matchLabelKeys and mismatchLabelKeys");
  });
}

function validateTerm(term: PodAffinityTerm, path: FieldPath, errors: FieldErrors): void {
  validateLabelSelector(term.labelSelector, path.child("labelSelector"), errors);
  validateLabelSelector(term.namespaceSelector, path.child("namespaceSelector"), errors);
  for (const namespace of term.namespaces ?? []) complain(errors, path, "namespace", namespace, dns1123LabelErrors(namespace));
  validateMatchLabelKeys(term, path, errors);
  const key = term.topologyKey ?? "";
  if (isEmpty(key)) required(errors, path.child("topologyKey"), "can not be empty");
  complain(errors, path, "topologyKey", key, qualifiedNameErrors(key));
}

function validatePodAffinity(affinity: PodAffinity, path: FieldPath, errors: FieldErrors): void {
  affinity[REQUIRED]?.forEach((term, index) => validateTerm(term, path.child(REQUIRED).index(index), errors));
  affinity[PREFERRED]?.forEach((weighted, index) => {
    const at = path.child(PREFERRED).index(index);
    validateWeight(weighted.weight, at, errors);
    validateTerm(weighted.podAffinityTerm ?? { topologyKey: "" }, at.child("podAffinityTerm"), errors);
  });
}

/** A pod's affinity to nodes and other pods. */
export function validateAffinity(affinity: Affinity | undefined, path: FieldPath, errors: FieldErrors): void {
  if (affinity === undefined) return;
  if (affinity.nodeAffinity !== undefined) validateNodeAffinity(affinity.nodeAffinity, path.child("nodeAffinity"), errors);
  if (affinity.podAffinity !== undefined) validatePodAffinity(affinity.podAffinity, path.child("podAffinity"), errors);
  if (affinity.podAntiAffinity !== undefined) validatePodAffinity(affinity.podAntiAffinity, path.child("podAntiAffinity"), errors);
}
