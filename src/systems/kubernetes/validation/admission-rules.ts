/**
 * Webhooks and admission policies: their structure. Source: kubernetes v1.36 pkg/apis/admissionregistration/validation/validation.go.
 * Left out: the compilation of CEL expressions.
 */
import { dns1035LabelErrors, dns1123LabelErrors, dns1123SubdomainErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type {
  MatchCondition, MatchResources, MutatingWebhook, MutatingWebhookConfiguration, RuleWithOperations, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding,
  ValidatingWebhook, ValidatingWebhookConfiguration,
} from "../api/index.ts";
import { duplicate, invalid, notSupported, required, tooMany, type FieldErrors } from "./field-errors.ts";
import { rootPath, SPEC, type FieldPath } from "./field-path.ts";
import { complain, isEmpty, oneOf, portNumberErrors, requiredOneOf } from "./field-rules.ts";
import { validateLabelSelector } from "./labels.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";

const OPERATIONS: readonly string[] = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
const SCOPES: readonly string[] = ["*", "Cluster", "Namespaced"];
const FAILURE_POLICIES: readonly string[] = ["Fail", "Ignore"];
const MATCH_POLICIES: readonly string[] = ["Equivalent", "Exact"];
const MAX_CONDITIONS = 64;

function validateWildcard(values: readonly string[] | undefined, field: string, what: string, path: FieldPath, errors: FieldErrors): void {
  const list = values ?? [];
  if (list.length === 0) required(errors, path.child(field));
  if (list.length > 1 && list.includes("*")) invalid(errors, path.child(field), list, `if '*' is present, must not specify other ${what}`);
}

function validateResources(resources: readonly string[] | undefined, path: FieldPath, errors: FieldErrors): void {
  const list = resources ?? [];
  const at = path.child("resources");
  if (list.length === 0) required(errors, at);
  list.forEach((resource, index) => {
    if (resource === "") required(errors, at.index(index));
  });
  if (list.length > 1 && list.includes("*/*")) invalid(errors, at, list, "if '*/*' is present, must not specify other resources");
}

/** One rule of what a webhook or a policy applies to. */
function validateRule(rule: RuleWithOperations, path: FieldPath, errors: FieldErrors): void {
  validateWildcard(rule.operations, "operations", "operations", path, errors);
  rule.operations?.forEach((operation, index) => {
    if (!OPERATIONS.includes(operation)) notSupported(errors, path.child("operations").index(index), operation, OPERATIONS);
  });
  validateWildcard(rule.apiGroups, "apiGroups", "API groups", path, errors);
  validateWildcard(rule.apiVersions, "apiVersions", "API versions", path, errors);
  validateResources(rule.resources, path, errors);
  oneOf(errors, path, "scope", rule.scope, SCOPES);
}

function validateConditions(conditions: readonly MatchCondition[] | undefined, path: FieldPath, errors: FieldErrors): void {
  const list = conditions ?? [];
  if (list.length > MAX_CONDITIONS) tooMany(errors, path, list.length, MAX_CONDITIONS);
  const names = new Set<string>();
  list.forEach((condition, index) => {
    const at = path.index(index);
    if (isEmpty((condition.expression ?? "").trim())) required(errors, at.child("expression"));
    if (isEmpty(condition.name)) required(errors, at.child("name"));
    else complain(errors, at, "name", condition.name, qualifiedNameErrors(condition.name));
    if (names.has(condition.name)) duplicate(errors, at.child("name"), condition.name);
    names.add(condition.name);
  });
}

function validateClient(config: ValidatingWebhook["clientConfig"] | undefined, path: FieldPath, errors: FieldErrors): void {
  const { url, service } = config ?? {};
  if ((url === undefined) === (service === undefined)) {
    required(errors, path, "exactly one of url or service is required");
    return;
  }
  if (url !== undefined && !url.startsWith("https://")) invalid(errors, path.child("url"), (/^([a-z]+):/.exec(url)?.[1] ?? ""), "'https' is the only allowed URL scheme; desired format: https://host[/path]");
  if (service === undefined) return;
  const at = path.child("service");
  if (isEmpty(service.name)) required(errors, at.child("name"), "service name is required");
  if (isEmpty(service.namespace)) required(errors, at.child("namespace"), "service namespace is required");
  const port = service.port ?? 443;
  if (portNumberErrors(port).length > 0) invalid(errors, at.child("port"), port, "port is not valid: must be between 1 and 65535, inclusive");
}

function validateReviewVersions(versions: readonly string[] | undefined, path: FieldPath, errors: FieldErrors): void {
  const list = versions ?? [];
  if (list.length === 0) {
    required(errors, path, "must specify one of v1, v1beta1");
    return;
  }
  list.forEach((version, index) => {
    if (list.indexOf(version) < index) invalid(errors, path.index(index), version, "duplicate version");
    for (const complaint of dns1035LabelErrors(version)) invalid(errors, path.index(index), version, complaint);
  });
  if (!list.includes("v1") && !list.includes("v1beta1")) invalid(errors, path, list, "must include at least one of v1, v1beta1");
}

function validateHookName(name: string | undefined, path: FieldPath, errors: FieldErrors): void {
  const text = name ?? "";
  const complaints = dns1123SubdomainErrors(text);
  if (text === "") required(errors, path);
  else if (complaints.length > 0) invalid(errors, path, text, complaints.join(","));
  else if (text.split(".").length < 3) invalid(errors, path, text, "should be a domain with at least three segments separated by dots");
}

function validateWebhook(hook: ValidatingWebhook | MutatingWebhook, path: FieldPath, errors: FieldErrors): void {
  validateHookName(hook.name, path.child("name"), errors);
  hook.rules?.forEach((rule, index) => validateRule(rule, path.child("rules").index(index), errors));
  oneOf(errors, path, "failurePolicy", hook.failurePolicy, FAILURE_POLICIES);
  oneOf(errors, path, "matchPolicy", hook.matchPolicy, MATCH_POLICIES);
  requiredOneOf(errors, path, "sideEffects", hook.sideEffects, ["None", "NoneOnDryRun"]);
  const seconds = hook.timeoutSeconds;
  if (seconds !== undefined && (seconds > 30 || seconds < 1)) {
    invalid(errors, path.child("timeoutSeconds"), seconds, "the timeout value must be between 1 and 30 seconds");
  }
  if ("reinvocationPolicy" in hook) oneOf(errors, path, "reinvocationPolicy", hook.reinvocationPolicy, ["IfNeeded", "Never"]);
  validateLabelSelector(hook.namespaceSelector, path.child("namespaceSelector"), errors);
  validateLabelSelector(hook.objectSelector, path.child("objectSelector"), errors);
  validateReviewVersions(hook.admissionReviewVersions, path.child("admissionReviewVersions"), errors);
  validateClient(hook.clientConfig, path.child("clientConfig"), errors);
  validateConditions(hook.matchConditions, path.child("matchConditions"), errors);
}

type WebhookConfiguration = ValidatingWebhookConfiguration | MutatingWebhookConfiguration;

/** A webhook configuration, validating or mutating. */
export function validateWebhooks(configuration: WebhookConfiguration, errors: FieldErrors): void {
  validateObjectMeta(configuration.metadata, false, subdomainName, errors);
  const names = new Set<string>();
  configuration.webhooks?.forEach((hook, index) => {
    const path = rootPath("webhooks").index(index);
    validateWebhook(hook, path, errors);
    if (names.has(hook.name)) duplicate(errors, path.child("name"), hook.name);
    names.add(hook.name);
  });
}

/** A changed webhook configuration. */
export function validateWebhooksUpdate(next: WebhookConfiguration, previous: WebhookConfiguration, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateWebhooks(next, errors);
}

function validateMatchResources(match: MatchResources | undefined, path: FieldPath, errors: FieldErrors): void {
  if (match === undefined) {
    required(errors, path);
    return;
  }
  oneOf(errors, path, "matchPolicy", match.matchPolicy, MATCH_POLICIES);
  validateLabelSelector(match.namespaceSelector, path.child("namespaceSelector"), errors);
  validateLabelSelector(match.objectSelector, path.child("objectSelector"), errors);
  const rules = match.resourceRules ?? [];
  if (rules.length === 0) required(errors, path.child("resourceRules"));
  rules.forEach((rule, index) => validateRule(rule, path.child("resourceRules").index(index), errors));
}

/** A ValidatingAdmissionPolicy. */
export function validateAdmissionPolicy(policy: ValidatingAdmissionPolicy, errors: FieldErrors): void {
  validateObjectMeta(policy.metadata, false, subdomainName, errors);
  const spec = policy.spec ?? {};
  requiredOneOf(errors, SPEC, "failurePolicy", spec.failurePolicy, FAILURE_POLICIES);
  if (spec.paramKind !== undefined) {
    if (isEmpty(spec.paramKind.apiVersion)) required(errors, SPEC.child("paramKind").child("apiVersion"));
    if (isEmpty(spec.paramKind.kind)) required(errors, SPEC.child("paramKind").child("kind"));
  }
  validateMatchResources(spec.matchConstraints, SPEC.child("matchConstraints"), errors);
  validateConditions(spec.matchConditions, SPEC.child("matchConditions"), errors);
  const validations = spec.validations ?? [];
  if (validations.length === 0 && (spec.auditAnnotations?.length ?? 0) === 0) {
    for (const field of ["validations", "auditAnnotations"]) required(errors, SPEC.child(field), "validations or auditAnnotations must contain at least one item");
  }
  validations.forEach((validation, index) => {
    if (isEmpty((validation.expression ?? "").trim())) required(errors, SPEC.child("validations").index(index).child("expression"), "expression is not specified");
  });
}

/** A changed ValidatingAdmissionPolicy. */
export function validateAdmissionPolicyUpdate(next: ValidatingAdmissionPolicy, previous: ValidatingAdmissionPolicy, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateAdmissionPolicy(next, errors);
}

/** A ValidatingAdmissionPolicyBinding. */
export function validateAdmissionBinding(binding: ValidatingAdmissionPolicyBinding, errors: FieldErrors): void {
  validateObjectMeta(binding.metadata, false, subdomainName, errors);
  const { policyName, validationActions = [], paramRef } = binding.spec ?? {};
  if (isEmpty(policyName)) required(errors, SPEC.child("policyName"));
  else complain(errors, SPEC, "policyName", policyName, dns1123SubdomainErrors(policyName ?? ""));
  const path = SPEC.child("validationActions");
  if (validationActions.length === 0) required(errors, path, "at least one validation action is required");
  validationActions.forEach((action, index) => {
    if (!["Audit", "Deny", "Warn"].includes(action)) notSupported(errors, path.index(index), action, ["Audit", "Deny", "Warn"]);
    if (validationActions.indexOf(action) < index) duplicate(errors, path.index(index), action);
  });
  if (validationActions.includes("Deny") && validationActions.includes("Warn")) {
    invalid(errors, path, validationActions, "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
  }
  if (paramRef?.namespace !== undefined && paramRef.namespace !== "") {
    complain(errors, SPEC.child("paramRef"), "namespace", paramRef.namespace, dns1123LabelErrors(paramRef.namespace));
  }
}

/** A changed ValidatingAdmissionPolicyBinding. */
export function validateAdmissionBindingUpdate(next: ValidatingAdmissionPolicyBinding, previous: ValidatingAdmissionPolicyBinding, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateAdmissionBinding(next, errors);
}
