/** Ingresses and IngressClasses. Source: kubernetes v1.36 pkg/apis/networking/validation/validation.go. */
import { byteLength, dns1035LabelErrors, dns1123LabelErrors, dns1123SubdomainErrors, pathSegmentErrors, portNameErrors, wildcardSubdomainErrors } from "../../../base/names/index.ts";
import { parseIp } from "../../../base/ip/index.ts";
import type { HTTPIngressPath, Ingress, IngressBackend, IngressClass, IngressRule, IngressServiceBackend, IngressSpec } from "../api/index.ts";
import { validateDomainPrefixedPath } from "./domain-paths.ts";
import { forbidden, invalid, notSupported, required, tooLong, type FieldErrors } from "./field-errors.ts";
import { rootPath, SPEC, type FieldPath } from "./field-path.ts";
import { complain, immutable, isEmpty, optionalName, portNumberErrors } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validateLoadBalancerStatus } from "./service-update.ts";

const PATH_TYPES: readonly string[] = ["Exact", "ImplementationSpecific", "Prefix"];
const BAD_SEQUENCES = ["//", "/./", "/../", "%2f", "%2F"];
const BAD_SUFFIXES = ["/..", "/."];
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const CONTROLLER_MAX_LENGTH = 250;

interface Reference {
  readonly apiGroup?: string;
  readonly kind?: string;
  readonly name?: string;
}

function validateReference(reference: Reference, path: FieldPath, errors: FieldErrors): void {
  optionalName(errors, path, "apiGroup", reference.apiGroup, dns1123SubdomainErrors);
  for (const field of ["kind", "name"] as const) {
    const value = reference[field];
    if (value === undefined || value === "") required(errors, path.child(field), `${field} is required`);
    else complain(errors, path, field, value, pathSegmentErrors(value));
  }
}

function validateServiceBackend(service: IngressServiceBackend, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(service.name)) required(errors, path.child("name"));
  else complain(errors, path, "name", service.name, dns1035LabelErrors(service.name));
  const name = service.port?.name ?? "";
  const number = service.port?.number ?? 0;
  if (name !== "" && number !== 0) invalid(errors, path, "", "cannot set both port name & port number");
  else if (name !== "") complain(errors, path.child("port"), "name", name, portNameErrors(name));
  else if (number === 0) required(errors, path, "port name or number is required");
  else complain(errors, path.child("port"), "number", number, portNumberErrors(number));
}

function validateBackend(backend: IngressBackend, path: FieldPath, errors: FieldErrors): void {
  if (backend.resource !== undefined && backend.service !== undefined) invalid(errors, path, "", "cannot set both resource and service backends");
  else if (backend.resource !== undefined) validateReference(backend.resource, path.child("resource"), errors);
  else if (backend.service === undefined) required(errors, path, "resource or service backend is required");
  else validateServiceBackend(backend.service, path.child("service"), errors);
}

function validatePathText(text: string, type: string, path: FieldPath, errors: FieldErrors): void {
  if (type === "ImplementationSpecific") {
    if (text !== "" && !text.startsWith("/")) invalid(errors, path, text, "must be an absolute path");
    return;
  }
  if (!text.startsWith("/")) invalid(errors, path, text, "must be an absolute path");
  for (const sequence of BAD_SEQUENCES) if (text.includes(sequence)) invalid(errors, path, text, `must not contain '${sequence}'`);
  for (const suffix of BAD_SUFFIXES) if (text.endsWith(suffix)) invalid(errors, path, text, `cannot end with '${suffix}'`);
}

function validateHttpPath(entry: HTTPIngressPath, path: FieldPath, errors: FieldErrors): void {
  const type: string | undefined = entry.pathType;
  if (type === undefined) {
    required(errors, path.child("pathType"), "pathType must be specified");
    return;
  }
  if (PATH_TYPES.includes(type)) validatePathText(entry.path ?? "", type, path.child("path"), errors);
  else notSupported(errors, path.child("pathType"), type, PATH_TYPES);
  validateBackend(entry.backend ?? {}, path.child("backend"), errors);
}

function hostErrors(host: string): readonly string[] {
  return host.includes("*") ? wildcardSubdomainErrors(host) : dns1123SubdomainErrors(host);
}

function validateRule(rule: IngressRule, path: FieldPath, errors: FieldErrors): void {
  const host = rule.host ?? "";
  if (host !== "") {
    if (parseIp(host) !== undefined) invalid(errors, path.child("host"), host, "must be a DNS name, not an IP address");
    complain(errors, path, "host", host, hostErrors(host));
  }
  if (rule.http === undefined) return;
  const paths = rule.http.paths ?? [];
  const at = path.child("http").child("paths");
  if (paths.length === 0) required(errors, at);
  paths.forEach((entry, index) => validateHttpPath(entry, at.index(index), errors));
}

function validateTls(spec: IngressSpec, errors: FieldErrors): void {
  spec.tls?.forEach((tls, index) => {
    const path = SPEC.child("tls").index(index);
    for (const host of tls.hosts ?? []) complain(errors, path, "hosts", host, hostErrors(host));
    optionalName(errors, path, "secretName", tls.secretName, dns1123SubdomainErrors);
  });
}

function validateSpec(spec: IngressSpec, errors: FieldErrors): void {
  const rules = spec.rules ?? [];
  if (rules.length === 0 && spec.defaultBackend === undefined) {
    invalid(errors, SPEC, spec.rules ?? null, "either `defaultBackend` or `rules` must be specified");
  }
  if (spec.defaultBackend !== undefined) validateBackend(spec.defaultBackend, SPEC.child("defaultBackend"), errors);
  rules.forEach((rule, index) => validateRule(rule, SPEC.child("rules").index(index), errors));
  validateTls(spec, errors);
  if (spec.ingressClassName !== undefined) complain(errors, SPEC, "ingressClassName", spec.ingressClassName, dns1123SubdomainErrors(spec.ingressClassName));
}

/** A new Ingress. */
export function validateIngress(ingress: Ingress, errors: FieldErrors): void {
  validateObjectMeta(ingress.metadata, true, subdomainName, errors);
  validateSpec(ingress.spec ?? {}, errors);
  const annotation = ingress.metadata?.annotations?.[CLASS_ANNOTATION];
  const named = ingress.spec?.ingressClassName;
  if (annotation === undefined || named === undefined || annotation === named) return;
  invalid(errors, rootPath("annotations").child(CLASS_ANNOTATION), annotation, "must match `ingressClassName` when both are specified");
}

/** A changed Ingress. */
export function validateIngressUpdate(next: Ingress, previous: Ingress, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateObjectMeta(next.metadata, true, subdomainName, errors);
  validateSpec(next.spec ?? {}, errors);
}

/** An Ingress whose status is replaced. */
export function validateIngressStatusUpdate(next: Ingress, previous: Ingress, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateLoadBalancerStatus(next.status?.loadBalancer?.ingress, false, errors);
}

function validateClassParameters(ingressClass: IngressClass, errors: FieldErrors): void {
  const parameters = ingressClass.spec?.parameters;
  if (parameters === undefined) return;
  const path = SPEC.child("parameters");
  validateReference(parameters, path, errors);
  const { scope, namespace } = parameters;
  if (scope === undefined) required(errors, path.child("scope"));
  else if (scope !== "Cluster" && scope !== "Namespace") notSupported(errors, path.child("scope"), scope, ["Cluster", "Namespace"]);
  if (scope === "Namespace") {
    if (isEmpty(namespace)) required(errors, path.child("namespace"), "`parameters.scope` is set to 'Namespace'");
    else complain(errors, path, "namespace", namespace, dns1123LabelErrors(namespace ?? ""));
  }
  if (scope === "Cluster" && namespace !== undefined) forbidden(errors, path.child("namespace"), "`parameters.scope` is set to 'Cluster'");
}

/** An IngressClass. */
export function validateIngressClass(ingressClass: IngressClass, errors: FieldErrors): void {
  validateObjectMeta(ingressClass.metadata, false, subdomainName, errors);
  const controller = ingressClass.spec?.controller ?? "";
  if (byteLength(controller) > CONTROLLER_MAX_LENGTH) tooLong(errors, SPEC.child("controller"), CONTROLLER_MAX_LENGTH);
  validateDomainPrefixedPath(controller, SPEC.child("controller"), errors);
  validateClassParameters(ingressClass, errors);
}

/** A changed IngressClass: its controller stays. */
export function validateIngressClassUpdate(next: IngressClass, previous: IngressClass, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  immutable(errors, SPEC.child("controller"), next.spec?.controller, previous.spec?.controller);
  validateIngressClass(next, errors);
}
