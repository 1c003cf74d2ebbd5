/** Configuration, limits and budgets of a namespace. */
import { dns1123SubdomainErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { Event, KubeObject, Lease, Namespace, Scale } from "../api/index.ts";
import { validateConfigMap, validateConfigMapUpdate, validateSecret, validateSecretUpdate } from "./config-map.ts";
import { invalid, type FieldErrors } from "./field-errors.ts";
import { rootPath, SPEC, STATUS } from "./field-path.ts";
import { complainAt, nonNegative } from "./field-rules.ts";
import {
  validateHorizontalPodAutoscaler, validateHorizontalPodAutoscalerStatusUpdate, validateHorizontalPodAutoscalerUpdate, validateScale,
} from "./horizontal-pod-autoscaler.ts";
import type { GroupRules, KindRules } from "./kind-rules.ts";
import { validateLimitRange, validateLimitRangeUpdate } from "./limit-range.ts";
import { labelName, subdomainName, validateObjectMeta, validateObjectMetaUpdate, validateStandardFinalizer } from "./object-meta.ts";
import { validatePodDisruptionBudget, validatePodDisruptionBudgetStatusUpdate, validatePodDisruptionBudgetUpdate } from "./pod-disruption-budget.ts";
import { validateResourceQuota, validateResourceQuotaStatusUpdate, validateResourceQuotaUpdate } from "./resource-quota.ts";

function metadataUpdate(next: KubeObject, previous: KubeObject, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
}

function validateNamespaceFinalizers(namespace: Namespace, errors: FieldErrors): void {
  for (const finalizer of namespace.spec?.finalizers ?? []) {
    complainAt(errors, SPEC.child("finalizers"), finalizer, qualifiedNameErrors(finalizer));
    validateStandardFinalizer(finalizer, SPEC.child("finalizers"), errors);
  }
}

function validateNamespace(namespace: Namespace, errors: FieldErrors): void {
  validateObjectMeta(namespace.metadata, false, labelName, errors);
  validateNamespaceFinalizers(namespace, errors);
}

function validateNamespaceStatus(next: Namespace, previous: Namespace, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  const deleted = next.metadata?.deletionTimestamp !== undefined;
  const phase = next.status?.phase ?? "";
  const path = STATUS.child("Phase");
  if (!deleted && phase !== "Active") invalid(errors, path, phase, "may only be 'Active' if `deletionTimestamp` is empty");
  if (deleted && phase !== "Terminating") invalid(errors, path, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
}

function validateNamespaceFinalize(next: Namespace, previous: Namespace, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateNamespaceFinalizers(next, errors);
}

function validateEvent(event: Event, errors: FieldErrors): void {
  const namespace = event.metadata?.namespace ?? "";
  const about = event.involvedObject?.namespace ?? "";
  const fits = about === "" ? namespace === "" || namespace === "default" : about === namespace;
  if (!fits) invalid(errors, rootPath("involvedObject", "namespace"), about, "does not match event.namespace");
  if (namespace !== "") complainAt(errors, rootPath("namespace"), namespace, dns1123SubdomainErrors(namespace));
}

function validateLease(lease: Lease, errors: FieldErrors): void {
  validateObjectMeta(lease.metadata, true, subdomainName, errors);
  validateLeaseSpec(lease, errors);
}

function validateLeaseSpec(lease: Lease, errors: FieldErrors): void {
  const duration = lease.spec?.leaseDurationSeconds;
  if (duration !== undefined && duration <= 0) invalid(errors, SPEC.child("leaseDurationSeconds"), duration, "must be greater than 0");
  nonNegative(errors, SPEC, "leaseTransitions", lease.spec?.leaseTransitions);
}

function validateLeaseUpdate(next: Lease, previous: Lease, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateLeaseSpec(next, errors);
}

function validateServiceAccount(account: KubeObject, errors: FieldErrors): void {
  validateObjectMeta(account.metadata, true, subdomainName, errors);
}

function validateServiceAccountUpdate(next: KubeObject, previous: KubeObject, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateServiceAccount(next, errors);
}

const EVENT: KindRules = { create: validateEvent, update: metadataUpdate };

/** Rules by API group. */
export const CONFIG_RULES: Readonly<Record<string, GroupRules>> = {
  "": {
    ConfigMap: { create: validateConfigMap, update: validateConfigMapUpdate },
    Secret: { create: validateSecret, update: validateSecretUpdate },
    Namespace: { create: validateNamespace, update: metadataUpdate, subresources: { status: validateNamespaceStatus, finalize: validateNamespaceFinalize } },
    ServiceAccount: { create: validateServiceAccount, update: validateServiceAccountUpdate },
    Event: EVENT,
    ResourceQuota: { create: validateResourceQuota, update: validateResourceQuotaUpdate, subresources: { status: validateResourceQuotaStatusUpdate } },
    LimitRange: { create: validateLimitRange, update: validateLimitRangeUpdate },
  },
  "events.k8s.io": { Event: EVENT },
  "coordination.k8s.io": { Lease: { create: validateLease, update: validateLeaseUpdate } },
  policy: {
    PodDisruptionBudget: {
      create: validatePodDisruptionBudget, update: validatePodDisruptionBudgetUpdate, subresources: { status: validatePodDisruptionBudgetStatusUpdate },
    },
  },
  autoscaling: {
    HorizontalPodAutoscaler: {
      create: validateHorizontalPodAutoscaler, update: validateHorizontalPodAutoscalerUpdate, subresources: { status: validateHorizontalPodAutoscalerStatusUpdate },
    },
    Scale: { create: validateScale, update: (next: Scale, _previous: Scale, errors: FieldErrors) => validateScale(next, errors) },
  },
};
