/** Kinds of the whole cluster: nodes, roles, priorities, runtimes, certificates. */
import { dns1123LabelErrors } from "../../../base/names/index.ts";
import type { CertificateSigningRequest, PriorityClass, RuntimeClass } from "../api/index.ts";
import { validateDomainPrefixedPath } from "./domain-paths.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, rootPath, SPEC } from "./field-path.ts";
import { complainAt, immutable, isEmpty } from "./field-rules.ts";
import type { GroupRules } from "./kind-rules.ts";
import { validateNode, validateNodeUpdate } from "./node.ts";
import { pathSegmentName, subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import {
  validateClusterRole, validateClusterRoleBinding, validateClusterRoleBindingUpdate, validateClusterRoleUpdate, validateRole, validateRoleBinding,
  validateRoleBindingUpdate, validateRoleUpdate,
} from "./rbac.ts";

const HIGHEST_USER_PRIORITY = 1_000_000_000;
const SYSTEM_PRIORITIES: ReadonlyMap<string, number> = new Map([["system-node-critical", 2_000_001_000], ["system-cluster-critical", 2_000_000_000]]);
const MIN_EXPIRATION_SECONDS = 600;

/** Source: kubernetes v1.36 pkg/apis/scheduling/validation/validation.go. */
function validatePriorityClass(priorityClass: PriorityClass, errors: FieldErrors): void {
  validateObjectMeta(priorityClass.metadata, false, subdomainName, errors);
  const name = priorityClass.metadata?.name ?? "";
  const value = priorityClass.value ?? 0;
  if (name.startsWith("system-")) {
    if (SYSTEM_PRIORITIES.get(name) !== value) {
      const error = SYSTEM_PRIORITIES.has(name) ? `value of ${name} PriorityClass must be ${SYSTEM_PRIORITIES.get(name) ?? 0}` : `${name} is not a known system priority class`;
      forbidden(errors, METADATA.child("name"), `priority class names with 'system-' prefix are reserved for system use only. error: ${error}`);
    }
  } else if (value > HIGHEST_USER_PRIORITY) {
    forbidden(errors, rootPath("value"), `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`);
  }
  validatePreemption(priorityClass, errors);
}

function validatePreemption(priorityClass: PriorityClass, errors: FieldErrors): void {
  const policy = priorityClass.preemptionPolicy;
  if (policy === undefined || policy === "PreemptLowerPriority" || policy === "Never") return;
  if (policy === "") required(errors, rootPath("preemptionPolicy"));
  else notSupported(errors, rootPath("preemptionPolicy"), policy, ["PreemptLowerPriority", "Never"]);
}

function validatePriorityClassUpdate(next: PriorityClass, previous: PriorityClass, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  if ((next.value ?? 0) !== (previous.value ?? 0)) forbidden(errors, rootPath("value"), "may not be changed in an update.");
  if (next.preemptionPolicy !== previous.preemptionPolicy) immutable(errors, rootPath("preemptionPolicy"), next.preemptionPolicy ?? null, previous.preemptionPolicy);
}

function validateRuntimeClass(runtimeClass: RuntimeClass, errors: FieldErrors): void {
  validateObjectMeta(runtimeClass.metadata, false, subdomainName, errors);
  complainAt(errors, rootPath("handler"), runtimeClass.handler ?? "", dns1123LabelErrors(runtimeClass.handler ?? ""));
}

function validateRuntimeClassUpdate(next: RuntimeClass, previous: RuntimeClass, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  immutable(errors, rootPath("handler"), next.handler, previous.handler);
}

function validateSigningRequest(request: CertificateSigningRequest, errors: FieldErrors): void {
  validateObjectMeta(request.metadata, false, pathSegmentName, errors);
  const spec = request.spec ?? {};
  if (isEmpty(spec.request)) invalid(errors, SPEC.child("request"), spec.request ?? "", "PEM block type must be CERTIFICATE REQUEST");
  if ((spec.usages?.length ?? 0) === 0) required(errors, SPEC.child("usages"));
  validateDomainPrefixedPath(spec.signerName, SPEC.child("signerName"), errors);
  const seconds = spec.expirationSeconds;
  if (seconds !== undefined && seconds < MIN_EXPIRATION_SECONDS) {
    invalid(errors, SPEC.child("expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)");
  }
}

function validateSigningRequestUpdate(next: CertificateSigningRequest, previous: CertificateSigningRequest, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
}

/** Rules by API group. */
export const CLUSTER_RULES: Readonly<Record<string, GroupRules>> = {
  "": { Node: { create: validateNode, update: validateNodeUpdate } },
  "rbac.authorization.k8s.io": {
    Role: { create: validateRole, update: validateRoleUpdate },
    ClusterRole: { create: validateClusterRole, update: validateClusterRoleUpdate },
    RoleBinding: { create: validateRoleBinding, update: validateRoleBindingUpdate },
    ClusterRoleBinding: { create: validateClusterRoleBinding, update: validateClusterRoleBindingUpdate },
  },
  "scheduling.k8s.io": { PriorityClass: { create: validatePriorityClass, update: validatePriorityClassUpdate } },
  "node.k8s.io": { RuntimeClass: { create: validateRuntimeClass, update: validateRuntimeClassUpdate } },
  "certificates.k8s.io": { CertificateSigningRequest: { create: validateSigningRequest, update: validateSigningRequestUpdate } },
};
