/** DaemonSets and ControllerRevisions. Source: kubernetes v1.36 pkg/apis/apps/validation/validation.go. */
import type { ControllerRevision, DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy } from "../api/index.ts";
import { validateImmutableSelector } from "./deployment.ts";
import { invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { rootPath, SPEC, type FieldPath } from "./field-path.ts";
import { immutable, nonNegative } from "./field-rules.ts";
import { amountOf, validateAtMost100Percent, validateIntOrPercent } from "./int-or-percent.ts";
import { selectsEverything, validateLabelSelector } from "./labels.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { selectorValue, validateAlwaysRestarts, validatePodTemplate, validateTemplateMatches } from "./pod-template.ts";
import { validateCollisionCount, validateCounts } from "./replica-counts.ts";

const TEMPLATE = SPEC.child("template");
const SELECTOR = SPEC.child("selector");

function validateRollingUpdate(update: NonNullable<DaemonSetUpdateStrategy["rollingUpdate"]>, path: FieldPath, errors: FieldErrors): void {
  const { maxUnavailable, maxSurge } = update;
  validateIntOrPercent(maxUnavailable, path, "maxUnavailable", errors);
  validateIntOrPercent(maxSurge, path, "maxSurge", errors);
  validateAtMost100Percent(maxUnavailable, path, "maxUnavailable", errors);
  validateAtMost100Percent(maxSurge, path, "maxSurge", errors);
  const unavailable = amountOf(maxUnavailable) !== 0;
  const surge = amountOf(maxSurge) !== 0;
  if (unavailable && surge) invalid(errors, path.child("maxSurge"), maxSurge, "may not be set when maxUnavailable is non-zero");
  if (!unavailable && !surge) required(errors, path.child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
}

function validateStrategy(strategy: DaemonSetUpdateStrategy | undefined, path: FieldPath, errors: FieldErrors): void {
  if (strategy?.type === "OnDelete") return;
  if (strategy?.type !== "RollingUpdate") notSupported(errors, path, { Type: strategy?.type ?? "", RollingUpdate: null }, ["RollingUpdate", "OnDelete"]);
  else if (strategy.rollingUpdate === undefined) required(errors, path.child("rollingUpdate"));
  else validateRollingUpdate(strategy.rollingUpdate, path.child("rollingUpdate"), errors);
}

function validateSpec(spec: DaemonSetSpec | undefined, errors: FieldErrors): void {
  const selector = spec?.selector;
  validateLabelSelector(selector, SELECTOR, errors);
  validateTemplateMatches(selector, spec?.template, TEMPLATE, errors);
  if (selector !== undefined && selectsEverything(selector)) invalid(errors, SELECTOR, selectorValue(selector), "empty selector is invalid for daemonset");
  validatePodTemplate(spec?.template, TEMPLATE, errors);
  validateAlwaysRestarts(spec?.template, "DaemonSet", TEMPLATE, errors);
  nonNegative(errors, SPEC, "minReadySeconds", spec?.minReadySeconds);
  validateStrategy(spec?.updateStrategy, SPEC.child("updateStrategy"), errors);
  nonNegative(errors, SPEC, "revisionHistoryLimit", spec?.revisionHistoryLimit);
}

/** A new DaemonSet. */
export function validateDaemonSet(daemonSet: DaemonSet, errors: FieldErrors): void {
  validateObjectMeta(daemonSet.metadata, true, subdomainName, errors);
  validateSpec(daemonSet.spec, errors);
}

/** A changed DaemonSet. */
export function validateDaemonSetUpdate(next: DaemonSet, previous: DaemonSet, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec, errors);
  validateImmutableSelector(next.spec, previous.spec, errors);
}

const STATUS_COUNTS = [
  "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady", "observedGeneration", "updatedNumberScheduled", "numberAvailable",
  "numberUnavailable", "collisionCount",
];

/** A DaemonSet whose status is replaced. */
export function validateDaemonSetStatusUpdate(next: DaemonSet, previous: DaemonSet, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCounts(next.status, STATUS_COUNTS, errors);
  validateCollisionCount(next.status, previous.status, errors);
}

/** A new ControllerRevision. */
export function validateControllerRevision(revision: ControllerRevision, errors: FieldErrors): void {
  validateObjectMeta(revision.metadata, true, subdomainName, errors);
  if (revision.data === undefined) required(errors, rootPath("data"), "data is mandatory");
  if (revision.revision < 0) invalid(errors, rootPath("revision"), revision.revision, "must be greater than or equal to 0");
}

/** A changed ControllerRevision: its data stay. */
export function validateControllerRevisionUpdate(next: ControllerRevision, previous: ControllerRevision, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateControllerRevision(next, errors);
  immutable(errors, rootPath("data"), next.data, previous.data);
}
