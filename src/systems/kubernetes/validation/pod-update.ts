/**
 * What may change in a pod that exists. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePodUpdate.
 * Simplified: upstream ends the "may not change fields" refusal with a diff of Go structs whose spacing is random by
 * design; here the changed top-level fields are listed in the same style.
 */
import { rangeComplaint } from "../../../base/names/index.ts";
import { goStructJson } from "../../../base/go-format/index.ts";
import type { Container, NodeSelectorTerm, Pod, PodSpec, Toleration } from "../api/index.ts";
import { forbidden, invalid, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, SPEC, type FieldPath } from "./field-path.ts";
import { isEmpty } from "./field-rules.ts";
import { validateObjectMetaUpdate } from "./object-meta.ts";
import { validatePodAnnotationUpdates } from "./pod-annotations.ts";
import { validateImagePadding } from "./containers.ts";
import { validatePodMetaAndSpec } from "./pod.ts";
import { semanticEqual } from "./semantic-equal.ts";
import { validateTolerations } from "./tolerations.ts";

const MAX_INT32 = 2_147_483_647;
const UPDATABLE = [
  "`spec.containers[*].image`", "`spec.initContainers[*].image`", "`spec.activeDeadlineSeconds`",
  "`spec.tolerations` (only additions to existing tolerations)",
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
].join(",");
const EMPTY_SPEC: PodSpec = { containers: [] };

/** True when the lists have the same length, so that images can be compared one by one. */
function validateContainerCount(next: readonly Container[], previous: readonly Container[], path: FieldPath, errors: FieldErrors): boolean {
  if (next.length !== previous.length) {
    forbidden(errors, path, "pod updates may not add or remove containers");
    return false;
  }
  next.forEach((container, index) => {
    if (isEmpty(container.image)) required(errors, path.index(index).child("image"));
    validateImagePadding(container, path.index(index), errors);
  });
  return true;
}

/** False when the change is refused so plainly that upstream looks no further. */
function validateDeadline(next: PodSpec, previous: PodSpec, errors: FieldErrors): boolean {
  const path = SPEC.child("activeDeadlineSeconds");
  const after = next.activeDeadlineSeconds;
  const before = previous.activeDeadlineSeconds;
  if (after === undefined) {
    if (before !== undefined) invalid(errors, path, null, "must not update from a positive integer to nil value");
    return true;
  }
  if (after < 0 || after > MAX_INT32) invalid(errors, path, after, rangeComplaint(0, MAX_INT32));
  else if (before !== undefined && before < after) invalid(errors, path, after, "must be less than or equal to previous value");
  else return true;
  return false;
}

function validateAddedTolerations(next: readonly Toleration[], previous: readonly Toleration[], errors: FieldErrors): void {
  const path = SPEC.child("tolerations");
  for (const old of previous) {
    const kept = next.some((toleration) => semanticEqual({ ...toleration, tolerationSeconds: 0 }, { ...old, tolerationSeconds: 0 }));
    if (kept) continue;
    forbidden(errors, path, "existing toleration can not be modified except its tolerationSeconds");
    return;
  }
  validateTolerations(next, path, errors);
}

function validateGates(next: PodSpec, previous: PodSpec, errors: FieldErrors): void {
  next.schedulingGates?.forEach(({ name }, index) => {
    if (previous.schedulingGates?.some((gate) => gate.name === name) === true) return;
    forbidden(errors, SPEC.child("schedulingGates").index(index).child("name"), `only deletion is allowed, but found new scheduling gate '${name}'`);
  });
}

function withImages(containers: readonly Container[] | undefined, previous: readonly Container[] | undefined): readonly Container[] | undefined {
  return containers?.map((container, index) => {
    const image = previous?.[index]?.image;
    return image === undefined ? container : { ...container, image };
  });
}

type Loose = Record<string, unknown>;

function validateNodeSelectorAdditions(next: PodSpec, previous: PodSpec, errors: FieldErrors): void {
  for (const key in previous.nodeSelector) {
    if (next.nodeSelector?.[key] === previous.nodeSelector[key]) continue;
    invalid(errors, SPEC.child("nodeSelector"), next.nodeSelector, "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
    return;
  }
}

function termNarrowed(next: NodeSelectorTerm | undefined, previous: NodeSelectorTerm): boolean {
  if (next === undefined) return false;
  if (previous.matchExpressions === undefined && previous.matchFields === undefined) return semanticEqual(next, previous);
  const keeps = (field: "matchExpressions" | "matchFields"): boolean =>
    (previous[field] ?? []).every((requirement) => next[field]?.some((other) => semanticEqual(other, requirement)) === true);
  return keeps("matchExpressions") && keeps("matchFields");
}

function validateNodeAffinityNarrowing(next: PodSpec, previous: PodSpec, errors: FieldErrors): void {
  const before = previous.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const after = next.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (before === undefined || semanticEqual(before, after)) return;
  const path = SPEC.child("affinity").child("nodeAffinity").child("requiredDuringSchedulingIgnoredDuringExecution").child("nodeSelectorTerms");
  const terms = after?.nodeSelectorTerms ?? [];
  const old = before.nodeSelectorTerms ?? [];
  if (terms.length !== old.length) {
    if (old.length > 0) invalid(errors, path, terms, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
    return;
  }
  old.forEach((term, index) => {
    if (!termNarrowed(terms[index], term)) invalid(errors, path.index(index), terms[index], "only additions are allowed (no mutations or deletions)");
  });
}

/** The new spec with everything that may change set back to what it was. */
function munged(next: PodSpec, previous: PodSpec): Loose {
  const spec: Loose = { ...next };
  spec["containers"] = withImages(next.containers, previous.containers);
  spec["initContainers"] = withImages(next.initContainers, previous.initContainers);
  for (const field of ["activeDeadlineSeconds", "schedulingGates", "tolerations"] as const) spec[field] = previous[field];
  if ((previous.terminationGracePeriodSeconds ?? 0) < 0 && next.terminationGracePeriodSeconds === 1) {
    spec["terminationGracePeriodSeconds"] = previous.terminationGracePeriodSeconds;
  }
  if ((previous.schedulingGates?.length ?? 0) === 0) return spec;
  spec["nodeSelector"] = previous.nodeSelector;
  const affinity = { ...next.affinity, nodeAffinity: previous.affinity?.nodeAffinity };
  spec["affinity"] = semanticEqual(affinity, previous.affinity) ? previous.affinity : affinity;
  return spec;
}

function goName(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}

/** The changed fields in the style of upstream's diff. */
export function describeChanges(type: string, next: Loose, previous: Loose): string {
  const lines: string[] = [];
  for (const field of [...new Set([...Object.keys(previous), ...Object.keys(next)])].sort()) {
    if (semanticEqual({ [field]: next[field] }, { [field]: previous[field] })) continue;
    if (previous[field] !== undefined) lines.push(`- \t${goName(field)}: ${goStructJson(previous[field])},`);
    if (next[field] !== undefined) lines.push(`+ \t${goName(field)}: ${goStructJson(next[field])},`);
  }
  return [`  ${type}{`, "  \t... // identical fields", ...lines, "  }", ""].join("\n");
}

function validateSpecChange(next: PodSpec, previous: PodSpec, errors: FieldErrors): void {
  if (semanticEqual(next, previous)) return;
  if ((previous.schedulingGates?.length ?? 0) > 0) {
    validateNodeSelectorAdditions(next, previous, errors);
    validateNodeAffinityNarrowing(next, previous, errors);
  }
  const spec = munged(next, previous);
  if (semanticEqual(spec, previous)) return;
  const changes = describeChanges("core.PodSpec", spec, previous as unknown as Loose);
  forbidden(errors, SPEC, `pod updates may not change fields other than ${UPDATABLE}\n${changes}`);
}

/** A pod that replaces another: only images, the deadline, tolerations and scheduling gates may change. */
export function validatePodUpdate(next: Pod, previous: Pod, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePodMetaAndSpec(next, errors);
  validatePodAnnotationUpdates(next.metadata, previous.metadata, METADATA.child("annotations"), errors);
  const after = next.spec ?? EMPTY_SPEC;
  const before = previous.spec ?? EMPTY_SPEC;
  if (!validateContainerCount(after.containers ?? [], before.containers ?? [], SPEC.child("containers"), errors)) return;
  if (!validateContainerCount(after.initContainers ?? [], before.initContainers ?? [], SPEC.child("initContainers"), errors)) return;
  if (!validateDeadline(after, before, errors)) return;
  validateAddedTolerations(after.tolerations ?? [], before.tolerations ?? [], errors);
  validateGates(after, before, errors);
  validateSpecChange(after, before, errors);
}
