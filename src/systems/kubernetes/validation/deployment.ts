/**
 * Deployments. Source: kubernetes v1.36 pkg/apis/apps/validation/validation.go, ValidateDeployment;
 * the immutable selector: pkg/registry/apps/deployment/strategy.go.
 */
import type { Deployment, DeploymentSpec, DeploymentStrategy } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, type FieldPath } from "./field-path.ts";
import { IMMUTABLE, nonNegative } from "./field-rules.ts";
import { amountOf, validateAtMost100Percent, validateIntOrPercent } from "./int-or-percent.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { selectorValue, validateAlwaysRestarts, validatePodTemplate, validateTemplateMatches, validateWorkloadSelector } from "./pod-template.ts";
import { validateCollisionCount, validateCounts, validateWithinReplicas } from "./replica-counts.ts";
import { semanticEqual } from "./semantic-equal.ts";

const TEMPLATE = SPEC.child("template");
const SELECTOR = SPEC.child("selector");

function validateRollingUpdate(update: NonNullable<DeploymentStrategy["rollingUpdate"]>, path: FieldPath, errors: FieldErrors): void {
  const { maxUnavailable, maxSurge } = update;
  validateIntOrPercent(maxUnavailable, path, "maxUnavailable", errors);
  validateIntOrPercent(maxSurge, path, "maxSurge", errors);
  if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0) {
    invalid(errors, path.child("maxUnavailable"), maxUnavailable ?? 0, "may not be 0 when `maxSurge` is 0");
  }
  validateAtMost100Percent(maxUnavailable, path, "maxUnavailable", errors);
}

function validateStrategy(strategy: DeploymentStrategy | undefined, path: FieldPath, errors: FieldErrors): void {
  const rollingUpdate = strategy?.rollingUpdate;
  switch (strategy?.type) {
    case "Recreate":
      if (rollingUpdate !== undefined) forbidden(errors, path.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
      break;
    case "RollingUpdate":
      if (rollingUpdate === undefined) required(errors, path.child("rollingUpdate"), "this should be defaulted and never be nil");
      else validateRollingUpdate(rollingUpdate, path.child("rollingUpdate"), errors);
      break;
    default: {
      const shown = { Type: strategy?.type ?? "", RollingUpdate: rollingUpdate === undefined ? null : { MaxUnavailable: rollingUpdate.maxUnavailable ?? 0, MaxSurge: rollingUpdate.maxSurge ?? 0 } };
      notSupported(errors, path, shown, ["Recreate", "RollingUpdate"]);
    }
  }
}

/** Selector and template of Deployments and ReplicaSets, which share their words. */
export function validateReplicaTemplate(spec: Pick<DeploymentSpec, "selector" | "template"> | undefined, errors: FieldErrors): void {
  const selector = spec?.selector;
  validateWorkloadSelector(selector, "deployment", SELECTOR, errors);
  if (!validateTemplateMatches(selector, spec?.template, TEMPLATE, errors)) {
    invalid(errors, SELECTOR, selector === undefined ? null : selectorValue(selector), "invalid label selector");
    return;
  }
  validatePodTemplate(spec?.template, TEMPLATE, errors);
  validateAlwaysRestarts(spec?.template, "ReplicaSet", TEMPLATE, errors);
}

function validateSpec(spec: DeploymentSpec | undefined, errors: FieldErrors): void {
  nonNegative(errors, SPEC, "replicas", spec?.replicas);
  validateReplicaTemplate(spec, errors);
  validateStrategy(spec?.strategy, SPEC.child("strategy"), errors);
  const minReady = spec?.minReadySeconds ?? 0;
  nonNegative(errors, SPEC, "minReadySeconds", minReady);
  nonNegative(errors, SPEC, "revisionHistoryLimit", spec?.revisionHistoryLimit);
  const deadline = spec?.progressDeadlineSeconds;
  if (deadline === undefined) return;
  nonNegative(errors, SPEC, "progressDeadlineSeconds", deadline);
  if (deadline <= minReady) invalid(errors, SPEC.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
}

/** A new Deployment. */
export function validateDeployment(deployment: Deployment, errors: FieldErrors): void {
  validateObjectMeta(deployment.metadata, true, subdomainName, errors);
  validateSpec(deployment.spec, errors);
}

/** The selector of a workload may not change. */
export function validateImmutableSelector(
  next: { readonly selector?: DeploymentSpec["selector"] } | undefined, previous: { readonly selector?: DeploymentSpec["selector"] } | undefined, errors: FieldErrors,
): void {
  if (semanticEqual(next?.selector, previous?.selector)) return;
  invalid(errors, SELECTOR, next?.selector === undefined ? null : selectorValue(next.selector), IMMUTABLE);
}

/** A changed Deployment. */
export function validateDeploymentUpdate(next: Deployment, previous: Deployment, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec, errors);
  validateImmutableSelector(next.spec, previous.spec, errors);
}

/** A Deployment whose status is replaced. */
export function validateDeploymentStatusUpdate(next: Deployment, previous: Deployment, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  const fields = ["observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "collisionCount"];
  validateCounts(next.status, fields, errors);
  validateWithinReplicas(next.status, ["updatedReplicas", "readyReplicas", "availableReplicas"], "readyReplicas", errors);
  validateCollisionCount(next.status, previous.status, errors);
}
