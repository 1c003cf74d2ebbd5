/** Roles and role bindings. Source: kubernetes v1.36 pkg/apis/rbac/validation/validation.go. */
import { dns1123SubdomainErrors, pathSegmentErrors } from "../../../base/names/index.ts";
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject } from "../api/index.ts";
import { invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { rootPath, type FieldPath } from "./field-path.ts";
import { complain, isEmpty } from "./field-rules.ts";
import { validateLabelSelector } from "./labels.ts";
import { pathSegmentName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";

const RBAC = "rbac.authorization.k8s.io";
const ROLE_REF = rootPath("roleRef");

function validateRule(rule: PolicyRule, namespaced: boolean, path: FieldPath, errors: FieldErrors): void {
  if ((rule.verbs?.length ?? 0) === 0) required(errors, path.child("verbs"), "verbs must contain at least one value");
  const urls = rule.nonResourceURLs ?? [];
  if (urls.length > 0) {
    const at = path.child("nonResourceURLs");
    if (namespaced) invalid(errors, at, urls, "namespaced rules cannot apply to non-resource URLs");
    const resources = [rule.apiGroups, rule.resources, rule.resourceNames].some((list) => (list?.length ?? 0) > 0);
    if (resources) invalid(errors, at, urls, "rules cannot apply to both regular resources and non-resource URLs");
    return;
  }
  if ((rule.apiGroups?.length ?? 0) === 0) required(errors, path.child("apiGroups"), "resource rules must supply at least one api group");
  if ((rule.resources?.length ?? 0) === 0) required(errors, path.child("resources"), "resource rules must supply at least one resource");
}

function validateRules(rules: readonly PolicyRule[] | undefined, namespaced: boolean, errors: FieldErrors): void {
  rules?.forEach((rule, index) => validateRule(rule, namespaced, rootPath("rules").index(index), errors));
}

/** A Role. */
export function validateRole(role: Role, errors: FieldErrors): void {
  validateObjectMeta(role.metadata, true, pathSegmentName, errors);
  validateRules(role.rules, true, errors);
}

/** A changed Role. */
export function validateRoleUpdate(next: Role, previous: Role, errors: FieldErrors): void {
  validateRole(next, errors);
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
}

/** A ClusterRole. */
export function validateClusterRole(role: ClusterRole, errors: FieldErrors): void {
  validateObjectMeta(role.metadata, false, pathSegmentName, errors);
  validateRules(role.rules, false, errors);
  const selectors = role.aggregationRule?.clusterRoleSelectors;
  if (role.aggregationRule === undefined) return;
  const path = rootPath("aggregationRule", "clusterRoleSelectors");
  if (selectors === undefined || selectors.length === 0) required(errors, path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
  selectors?.forEach((selector, index) => validateLabelSelector(selector, path.index(index), errors));
}

/** A changed ClusterRole. */
export function validateClusterRoleUpdate(next: ClusterRole, previous: ClusterRole, errors: FieldErrors): void {
  validateClusterRole(next, errors);
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
}

function validateSubject(subject: Subject, namespaced: boolean, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(subject.name)) required(errors, path.child("name"));
  const group = subject.apiGroup ?? "";
  switch (subject.kind) {
    case "ServiceAccount":
      if (!isEmpty(subject.name)) complain(errors, path, "name", subject.name, dns1123SubdomainErrors(subject.name));
      if (group !== "") notSupported(errors, path.child("apiGroup"), group, [""]);
      if (!namespaced && isEmpty(subject.namespace)) required(errors, path.child("namespace"));
      break;
    case "User":
    case "Group":
      if (group !== RBAC) notSupported(errors, path.child("apiGroup"), group, [RBAC]);
      break;
    default:
      notSupported(errors, path.child("kind"), subject.kind ?? "", ["ServiceAccount", "User", "Group"]);
  }
}

function validateRoleRef(reference: RoleRef | undefined, kinds: readonly string[], errors: FieldErrors): void {
  if (reference?.apiGroup !== RBAC) notSupported(errors, ROLE_REF.child("apiGroup"), reference?.apiGroup ?? "", [RBAC]);
  const kind = reference?.kind ?? "";
  if (!kinds.includes(kind)) notSupported(errors, ROLE_REF.child("kind"), kind, kinds);
  const name = reference?.name ?? "";
  if (name === "") required(errors, ROLE_REF.child("name"));
  else complain(errors, ROLE_REF, "name", name, pathSegmentErrors(name));
}

function validateSubjects(subjects: readonly Subject[] | undefined, namespaced: boolean, errors: FieldErrors): void {
  subjects?.forEach((subject, index) => validateSubject(subject, namespaced, rootPath("subjects").index(index), errors));
}

/** A RoleBinding. */
export function validateRoleBinding(binding: RoleBinding, errors: FieldErrors): void {
  validateObjectMeta(binding.metadata, true, pathSegmentName, errors);
  validateRoleRef(binding.roleRef, ["Role", "ClusterRole"], errors);
  validateSubjects(binding.subjects, true, errors);
}

/** A ClusterRoleBinding. */
export function validateClusterRoleBinding(binding: ClusterRoleBinding, errors: FieldErrors): void {
  validateObjectMeta(binding.metadata, false, pathSegmentName, errors);
  validateRoleRef(binding.roleRef, ["ClusterRole"], errors);
  validateSubjects(binding.subjects, false, errors);
}

function validateSameRole(next: RoleBinding, previous: RoleBinding, errors: FieldErrors): void {
  const after = next.roleRef;
  const before = previous.roleRef;
  if (after?.apiGroup === before?.apiGroup && after?.kind === before?.kind && after?.name === before?.name) return;
  invalid(errors, ROLE_REF, { APIGroup: after?.apiGroup ?? "", Kind: after?.kind ?? "", Name: after?.name ?? "" }, "cannot change roleRef");
}

/** A changed RoleBinding: the role it grants stays. */
export function validateRoleBindingUpdate(next: RoleBinding, previous: RoleBinding, errors: FieldErrors): void {
  validateRoleBinding(next, errors);
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSameRole(next, previous, errors);
}

/** A changed ClusterRoleBinding: the role it grants stays. */
export function validateClusterRoleBindingUpdate(next: ClusterRoleBinding, previous: ClusterRoleBinding, errors: FieldErrors): void {
  validateClusterRoleBinding(next, errors);
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSameRole(next, previous, errors);
}
