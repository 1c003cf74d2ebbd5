/** StatefulSets. Source: kubernetes v1.36 pkg/apis/apps/validation/validation.go, ValidateStatefulSet. */
import { dns1123SubdomainErrors } from "../../../base/names/index.ts";
import type { PodTemplateSpec, StatefulSet, StatefulSetSpec, Volume } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, type FieldPath } from "./field-path.ts";
import { isEmpty, nonNegative, optionalName } from "./field-rules.ts";
import { amountOf, validateAtMost100Percent, validateIntOrPercent } from "./int-or-percent.ts";
import { labelName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { selectorValue, validateAlwaysRestarts, validatePodTemplate, validateTemplateMatches, validateWorkloadSelector } from "./pod-template.ts";
import { validateCollisionCount, validateCounts, validateWithinReplicas } from "./replica-counts.ts";
import { semanticEqual } from "./semantic-equal.ts";

const TEMPLATE = SPEC.child("template");
const SELECTOR = SPEC.child("selector");
const RETENTION: readonly string[] = ["Retain", "Delete"];

type UpdateStrategy = NonNullable<StatefulSetSpec["updateStrategy"]>;

function validateRollingUpdate(update: NonNullable<UpdateStrategy["rollingUpdate"]>, path: FieldPath, errors: FieldErrors): void {
  nonNegative(errors, path, "partition", update.partition);
  const { maxUnavailable } = update;
  if (maxUnavailable === undefined) return;
  validateIntOrPercent(maxUnavailable, path, "maxUnavailable", errors);
  if (amountOf(maxUnavailable) === 0) invalid(errors, path.child("maxUnavailable"), maxUnavailable, "cannot be 0");
  validateAtMost100Percent(maxUnavailable, path, "maxUnavailable", errors);
}

function validateStrategy(strategy: UpdateStrategy | undefined, path: FieldPath, errors: FieldErrors): void {
  const rollingUpdate = strategy?.rollingUpdate;
  const shown = rollingUpdate === undefined ? null : { Partition: rollingUpdate.partition ?? 0, MaxUnavailable: rollingUpdate.maxUnavailable ?? null };
  switch (strategy?.type ?? "") {
    case "":
      required(errors, path);
      break;
    case "OnDelete":
      if (rollingUpdate !== undefined) invalid(errors, path.child("rollingUpdate"), shown, "only allowed for updateStrategy 'RollingUpdate'");
      break;
    case "RollingUpdate":
      if (rollingUpdate !== undefined) validateRollingUpdate(rollingUpdate, path.child("rollingUpdate"), errors);
      break;
    default:
      invalid(errors, path, { Type: strategy?.type, RollingUpdate: shown }, "must be 'RollingUpdate' or 'OnDelete'");
  }
}

function validateRetention(spec: StatefulSetSpec, errors: FieldErrors): void {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  if (policy === undefined) return;
  const path = SPEC.child("persistentVolumeClaimRetentionPolicy");
  for (const field of ["whenDeleted", "whenScaled"] as const) {
    if (!RETENTION.includes(policy[field] ?? "")) notSupported(errors, path.child(field), policy[field] ?? "", RETENTION);
  }
}

function validateManagement(policy: string | undefined, errors: FieldErrors): void {
  const path = SPEC.child("podManagementPolicy");
  if (isEmpty(policy)) required(errors, path);
  else if (policy !== "OrderedReady" && policy !== "Parallel") invalid(errors, path, policy, "must be 'OrderedReady' or 'Parallel'");
}

/** The template as its pods will be: the claims' volumes stand for volumes of the same name. */
function withClaims(spec: StatefulSetSpec): PodTemplateSpec | undefined {
  const claims = spec.volumeClaimTemplates ?? [];
  const podSpec = spec.template?.spec;
  if (claims.length === 0 || podSpec === undefined) return spec.template;
  const names = new Set(claims.map((claim) => claim.metadata?.name ?? ""));
  const volumes: Volume[] = (podSpec.volumes ?? []).filter(({ name }) => !names.has(name));
  for (const name of names) volumes.push({ name, persistentVolumeClaim: { claimName: name } });
  return { ...spec.template, spec: { ...podSpec, volumes } };
}

function validateSpec(spec: StatefulSetSpec, errors: FieldErrors): void {
  validateManagement(spec.podManagementPolicy, errors);
  validateStrategy(spec.updateStrategy, SPEC.child("updateStrategy"), errors);
  validateRetention(spec, errors);
  nonNegative(errors, SPEC, "replicas", spec.replicas);
  nonNegative(errors, SPEC, "minReadySeconds", spec.minReadySeconds);
  nonNegative(errors, SPEC, "ordinals.start", spec.ordinals?.start);
  nonNegative(errors, SPEC, "revisionHistoryLimit", spec.revisionHistoryLimit);
  const { selector } = spec;
  validateWorkloadSelector(selector, "statefulset", SELECTOR, errors);
  if (validateTemplateMatches(selector, spec.template, TEMPLATE, errors)) validatePodTemplate(withClaims(spec), TEMPLATE, errors);
  else invalid(errors, SELECTOR, selector === undefined ? null : selectorValue(selector), "");
  validateAlwaysRestarts(spec.template, "StatefulSet", TEMPLATE, errors);
  optionalName(errors, SPEC, "serviceName", spec.serviceName, dns1123SubdomainErrors);
}

const NO_SPEC = {} as StatefulSetSpec;

/** A new StatefulSet. */
export function validateStatefulSet(statefulSet: StatefulSet, errors: FieldErrors): void {
  validateObjectMeta(statefulSet.metadata, true, labelName, errors);
  validateSpec(statefulSet.spec ?? NO_SPEC, errors);
}

const MUTABLE = ["replicas", "template", "updateStrategy", "minReadySeconds", "ordinals", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy"] as const;

function fixedPart(spec: StatefulSetSpec): Readonly<Record<string, unknown>> {
  const fixed: Record<string, unknown> = { ...spec };
  for (const field of MUTABLE) fixed[field] = undefined;
  return fixed;
}

/** A changed StatefulSet: little of its spec may change. */
export function validateStatefulSetUpdate(next: StatefulSet, previous: StatefulSet, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec ?? NO_SPEC, errors);
  if (semanticEqual(fixedPart(next.spec ?? NO_SPEC), fixedPart(previous.spec ?? NO_SPEC))) return;
  const allowed = "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'";
  forbidden(errors, SPEC, `updates to statefulset spec for fields other than ${allowed} are forbidden`);
}

const STATUS_COUNTS = ["replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas", "observedGeneration", "collisionCount"];

/** A StatefulSet whose status is replaced. */
export function validateStatefulSetStatusUpdate(next: StatefulSet, previous: StatefulSet, errors: FieldErrors): void {
  validateCounts(next.status, STATUS_COUNTS, errors);
  validateWithinReplicas(next.status, ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"], "status.readyReplicas", errors);
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCollisionCount(next.status, previous.status, errors);
}
