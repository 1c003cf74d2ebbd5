/** What the names of resources mean. Source: kubernetes v1.36 pkg/apis/core/helper/helpers.go. */
import { qualifiedNameErrors } from "../../../base/names/index.ts";
import { invalid, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";

const CONTAINER: ReadonlySet<string> = new Set(["cpu", "memory", "ephemeral-storage"]);
const COUNTED: ReadonlySet<string> = new Set([
  "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
]);
const QUOTA: ReadonlySet<string> = new Set([
  ...CONTAINER, ...COUNTED, "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage",
]);

/** "hugepages-2Mi" and the like. */
export function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

/** A name of Kubernetes' own: without a domain, or under kubernetes.io. */
export function isNativeResource(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** A resource of a vendor, e.g. "nvidia.com/gpu". */
export function isExtendedResource(name: string): boolean {
  if (isNativeResource(name) || name.startsWith("requests.")) return false;
  return qualifiedNameErrors(`requests.${name}`).length === 0;
}

/** Resources of which more may be promised than there is. */
export function isOvercommitAllowed(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}

/** Resources that come in whole units only. */
export function isIntegerResource(name: string): boolean {
  return COUNTED.has(name) || isExtendedResource(name);
}

/** A resource of containers that needs no domain. */
export function isStandardContainerResource(name: string): boolean {
  return CONTAINER.has(name) || isHugePages(name);
}

/** A resource of quotas that needs no domain. */
export function isStandardQuotaResource(name: string): boolean {
  return QUOTA.has(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
}

function isStandardResource(name: string): boolean {
  return name === "storage" || isStandardQuotaResource(name);
}

/** A resource's name wherever resources are named. */
export function validateResourceName(name: string, path: FieldPath, errors: FieldErrors): void {
  const complaints = qualifiedNameErrors(name);
  for (const complaint of complaints) invalid(errors, path, name, complaint);
  if (complaints.length === 0 && !name.includes("/") && !isStandardResource(name)) {
    invalid(errors, path, name, "must be a standard resource type or fully qualified");
  }
}

/** A resource's name in a container's requests and limits. */
export function validateContainerResourceName(name: string, path: FieldPath, errors: FieldErrors): void {
  if (CONTAINER.has(name)) return;
  validateResourceName(name, path, errors);
  if (!name.includes("/")) {
    if (!isStandardContainerResource(name)) invalid(errors, path, name, "must be a standard resource for containers");
  } else if (!isNativeResource(name) && !isExtendedResource(name)) {
    invalid(errors, path, name, "doesn't follow extended resource name standard");
  }
}

/** A resource's name in a ResourceQuota. */
export function validateQuotaResourceName(name: string, path: FieldPath, errors: FieldErrors): void {
  validateResourceName(name, path, errors);
  if (!name.includes("/") && !isStandardQuotaResource(name)) invalid(errors, path, name, "must be a standard resource for quota");
}
