/** ResourceQuotas. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateResourceQuota. */
import type { ResourceQuota, ResourceQuotaSpec } from "../api/index.ts";
import { invalid, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, STATUS, type FieldPath } from "./field-path.ts";
import { IMMUTABLE } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validateResourceQuantity, type ResourceList } from "./resources.ts";
import { isHugePages, isStandardQuotaResource, validateQuotaResourceName } from "./resource-names.ts";

const SCOPES: ReadonlySet<string> = new Set([
  "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass",
]);
const COMPUTE: ReadonlySet<string> = new Set(["pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"]);
const CLAIMS: ReadonlySet<string> = new Set(["persistentvolumeclaims", "requests.storage"]);
const EXCLUSIVE = [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] as const;
const EXISTS_ONLY =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

function scopeCovers(scope: string, resource: string): boolean {
  if (scope === "BestEffort") return resource === "pods";
  if (scope === "VolumeAttributesClass") return CLAIMS.has(resource);
  return SCOPES.has(scope) && (COMPUTE.has(resource) || isHugePages(resource) || resource.startsWith("requests.hugepages-"));
}

function validateList(list: ResourceList, path: FieldPath, errors: FieldErrors): void {
  for (const name in list) {
    validateQuotaResourceName(name, path.key(name), errors);
    validateResourceQuantity(name, list[name] ?? 0, path.key(name), errors);
  }
}

function validateScopeSet(scopes: readonly string[], shown: unknown, path: FieldPath, errors: FieldErrors): void {
  for (const [a, b] of EXCLUSIVE) if (scopes.includes(a) && scopes.includes(b)) invalid(errors, path, shown, "conflicting scopes");
}

function uncovered(scope: string, hard: ResourceList): number {
  return Object.keys(hard ?? {}).filter((name) => isStandardQuotaResource(name) && !scopeCovers(scope, name)).length;
}

function validateScopes(spec: ResourceQuotaSpec, errors: FieldErrors): void {
  const scopes = spec.scopes ?? [];
  const path = SPEC.child("scopes");
  for (const scope of scopes) {
    if (!SCOPES.has(scope)) invalid(errors, path, scopes, "unsupported scope");
    for (let count = uncovered(scope, spec.hard); count > 0; count--) invalid(errors, path, scopes, "unsupported scope applied to resource");
  }
  validateScopeSet(scopes, scopes, path, errors);
}

type Requirement = NonNullable<NonNullable<ResourceQuotaSpec["scopeSelector"]>["matchExpressions"]>[number];

function validateValues({ operator, values = [] }: Requirement, path: FieldPath, errors: FieldErrors): void {
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) required(errors, path.child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) invalid(errors, path.child("values"), values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
  } else invalid(errors, path.child("operator"), operator ?? "", "not a valid selector operator");
}

function validateScopeSelector(spec: ResourceQuotaSpec, errors: FieldErrors): void {
  const expressions = spec.scopeSelector?.matchExpressions ?? [];
  const path = SPEC.child("scopeSelector").child("matchExpressions");
  for (const requirement of expressions) {
    const scope = requirement.scopeName ?? "";
    if (!SCOPES.has(scope)) invalid(errors, path.child("scopeName"), scope, "unsupported scope");
    for (let count = uncovered(scope, spec.hard); count > 0; count--) invalid(errors, path, spec.scopeSelector, "unsupported scope applied to resource");
    const plain = scope !== "PriorityClass" && scope !== "VolumeAttributesClass" && SCOPES.has(scope);
    if (plain && requirement.operator !== "Exists") invalid(errors, path.child("operator"), requirement.operator ?? "", EXISTS_ONLY);
    validateValues(requirement, path, errors);
  }
  validateScopeSet(expressions.map(({ scopeName }) => scopeName), spec.scopes ?? null, path, errors);
}

function validateSpec(spec: ResourceQuotaSpec | undefined, errors: FieldErrors): void {
  validateList(spec?.hard, SPEC.child("hard"), errors);
  if (spec?.scopes !== undefined) validateScopes(spec, errors);
  if (spec?.scopeSelector !== undefined) validateScopeSelector(spec, errors);
}

function validateStatus(quota: ResourceQuota, errors: FieldErrors): void {
  validateList(quota.status?.hard, STATUS.child("hard"), errors);
  validateList(quota.status?.used, STATUS.child("used"), errors);
}

/** A new ResourceQuota. */
export function validateResourceQuota(quota: ResourceQuota, errors: FieldErrors): void {
  validateObjectMeta(quota.metadata, true, subdomainName, errors);
  validateSpec(quota.spec, errors);
  validateStatus(quota, errors);
}

/** A changed ResourceQuota: its scopes stay. */
export function validateResourceQuotaUpdate(next: ResourceQuota, previous: ResourceQuota, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec, errors);
  const scopes = (quota: ResourceQuota): string => [...new Set(quota.spec?.scopes ?? [])].sort().join();
  if (scopes(next) !== scopes(previous)) invalid(errors, SPEC.child("scopes"), next.spec?.scopes ?? null, IMMUTABLE);
}

/** A ResourceQuota whose status is replaced. */
export function validateResourceQuotaStatusUpdate(next: ResourceQuota, previous: ResourceQuota, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateStatus(next, errors);
}
