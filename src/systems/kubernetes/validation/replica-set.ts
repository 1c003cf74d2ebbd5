/** ReplicaSets and ReplicationControllers. Source: kubernetes v1.36 pkg/apis/apps/validation and pkg/apis/core/validation. */
import { matchesSelector, selectorFromSet } from "../selectors/index.ts";
import type { ReplicaSet, ReplicationController, ReplicationControllerSpec } from "../api/index.ts";
import { validateImmutableSelector, validateReplicaTemplate } from "./deployment.ts";
import { asMap, invalid, required, type FieldErrors } from "./field-errors.ts";
import { SPEC } from "./field-path.ts";
import { nonNegative } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validateAlwaysRestarts, validatePodTemplate } from "./pod-template.ts";
import { validateCounts, validateWithinReplicas } from "./replica-counts.ts";

const TEMPLATE = SPEC.child("template");
const COUNTS = ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration"];
const WITHIN = ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"];

function validateReplicaSetSpec(spec: ReplicaSet["spec"], errors: FieldErrors): void {
  nonNegative(errors, SPEC, "replicas", spec?.replicas);
  nonNegative(errors, SPEC, "minReadySeconds", spec?.minReadySeconds);
  validateReplicaTemplate(spec as Parameters<typeof validateReplicaTemplate>[0], errors);
}

/** A new ReplicaSet. */
export function validateReplicaSet(replicaSet: ReplicaSet, errors: FieldErrors): void {
  validateObjectMeta(replicaSet.metadata, true, subdomainName, errors);
  validateReplicaSetSpec(replicaSet.spec, errors);
}

/** A changed ReplicaSet. */
export function validateReplicaSetUpdate(next: ReplicaSet, previous: ReplicaSet, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateReplicaSetSpec(next.spec, errors);
  validateImmutableSelector(next.spec, previous.spec, errors);
}

/** A ReplicaSet or ReplicationController whose status is replaced. */
export function validateReplicaStatusUpdate(next: ReplicaSet | ReplicationController, previous: ReplicaSet | ReplicationController, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCounts(next.status, COUNTS, errors);
  validateWithinReplicas(next.status, WITHIN, "readyReplicas", errors);
}

function validateControllerSpec(spec: ReplicationControllerSpec | undefined, errors: FieldErrors): void {
  nonNegative(errors, SPEC, "minReadySeconds", spec?.minReadySeconds);
  const selector = selectorFromSet(spec?.selector);
  if (selector.requirements.length === 0) required(errors, SPEC.child("selector"));
  nonNegative(errors, SPEC, "replicas", spec?.replicas);
  if (spec?.template === undefined) {
    required(errors, TEMPLATE);
    return;
  }
  const labels = spec.template.metadata?.labels;
  if (!matchesSelector(selector, labels)) {
    invalid(errors, TEMPLATE.child("metadata").child("labels"), asMap(labels), "`selector` does not match template `labels`");
  }
  validatePodTemplate(spec.template, TEMPLATE, errors);
  validateAlwaysRestarts(spec.template, "ReplicationController", TEMPLATE, errors);
}

/** A new ReplicationController. */
export function validateReplicationController(controller: ReplicationController, errors: FieldErrors): void {
  validateObjectMeta(controller.metadata, true, subdomainName, errors);
  validateControllerSpec(controller.spec, errors);
}

/** A changed ReplicationController. */
export function validateReplicationControllerUpdate(next: ReplicationController, previous: ReplicationController, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateControllerSpec(next.spec, errors);
}
