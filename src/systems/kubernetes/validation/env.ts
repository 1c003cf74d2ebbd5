/** Environment variables of containers. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateEnv, ValidateEnvFrom. */
import { configMapKeyErrors, dns1123SubdomainErrors, envVarNameErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { EnvFromSource, EnvVar, EnvVarSource, FileKeySelector, ObjectFieldSelector, ResourceFieldSelector } from "../api/index.ts";
import { invalid, notFound, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, complainAt, isEmpty, requiredName } from "./field-rules.ts";
import { validateLocalNonReservedPath } from "./local-paths.ts";
import { subdomainName } from "./object-meta.ts";
import { quantityText } from "./resources.ts";

const ENV_FIELDS: readonly string[] = [
  "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
];
const RESOURCE_FIELDS: readonly string[] = [
  "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
];
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...ENV_FIELDS, "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase", "status.nominatedNodeName", "status.podIPs",
]);
const CPU_DIVISORS: ReadonlySet<string> = new Set(["1m", "1"]);
const BYTE_DIVISOR_LIST = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
const BYTE_DIVISORS: ReadonlySet<string> = new Set(BYTE_DIVISOR_LIST.split(", "));

/** `metadata.labels['app']` → the map and the key in it. */
function subscript(fieldPath: string): { readonly path: string; readonly key: string } | undefined {
  const match = /^(.*)\['([^']*)'\]$/.exec(fieldPath);
  return match === null ? undefined : { path: match[1] ?? "", key: match[2] ?? "" };
}

/** A reference to a field of the pod. `fields` are those that may be asked for here. */
export function validateObjectField(selector: ObjectFieldSelector, fields: readonly string[], path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(selector.apiVersion)) {
    required(errors, path.child("apiVersion"));
    return;
  }
  const { fieldPath } = selector;
  if (isEmpty(fieldPath)) {
    required(errors, path.child("fieldPath"));
    return;
  }
  const part = subscript(fieldPath);
  if (part !== undefined) validateSubscript(part, path, errors);
  else if (!KNOWN_FIELDS.has(fieldPath)) {
    invalid(errors, path.child("fieldPath"), fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`);
  } else if (!fields.includes(fieldPath)) notSupported(errors, path.child("fieldPath"), fieldPath, fields);
}

function validateSubscript(part: { readonly path: string; readonly key: string }, path: FieldPath, errors: FieldErrors): void {
  if (part.path === "metadata.annotations") complainAt(errors, path, part.key.toLowerCase(), qualifiedNameErrors(part.key.toLowerCase()));
  else if (part.path === "metadata.labels") complainAt(errors, path, part.key, qualifiedNameErrors(part.key));
  else if (KNOWN_FIELDS.has(part.path)) invalid(errors, path, part.path, "does not support subscript");
  else {
    const whole = `${part.path}['${part.key}']`;
    invalid(errors, path.child("fieldPath"), whole, `error converting fieldPath: field label not supported: ${part.path}`);
  }
}

function validateDivisor(selector: ResourceFieldSelector, path: FieldPath, errors: FieldErrors): void {
  if (selector.divisor === undefined) return;
  const divisor = quantityText(selector.divisor);
  if (divisor === "0") return;
  const [, kind = ""] = /^(?:limits|requests)\.(.*)$/.exec(selector.resource) ?? [];
  const complainOf = (allowed: string, resource: string): void =>
    invalid(errors, path.child("divisor"), selector.resource, `only divisor's values ${allowed} are supported with the ${resource} resource`);
  if (kind === "cpu" && !CPU_DIVISORS.has(divisor)) complainOf("1m and 1", "cpu");
  if (BYTE_DIVISORS.has(divisor)) return;
  if (kind === "memory") complainOf(BYTE_DIVISOR_LIST, "memory");
  if (kind === "ephemeral-storage") complainOf(BYTE_DIVISOR_LIST, "local ephemeral storage");
  if (kind.startsWith("hugepages-")) complainOf(BYTE_DIVISOR_LIST, "hugepages");
}

/** A reference to a container's resource; in a volume the container must be named. */
export function validateResourceField(selector: ResourceFieldSelector, inVolume: boolean, path: FieldPath, errors: FieldErrors): void {
  if (inVolume && isEmpty(selector.containerName)) required(errors, path.child("containerName"));
  else if (isEmpty(selector.resource)) required(errors, path.child("resource"));
  else if (!RESOURCE_FIELDS.includes(selector.resource) && !/^(?:limits|requests)\.hugepages-/.test(selector.resource)) {
    notSupported(errors, path.child("resource"), selector.resource, RESOURCE_FIELDS);
  }
  validateDivisor(selector, path, errors);
}

function validateKeySelector(
  selector: { readonly name?: string; readonly key?: string }, path: FieldPath, errors: FieldErrors,
): void {
  complain(errors, path, "name", selector.name ?? "", dns1123SubdomainErrors(selector.name ?? ""));
  requiredName(errors, path, "key", selector.key, configMapKeyErrors);
}

function validateFileKey(selector: FileKeySelector, volumes: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  requiredName(errors, path, "key", selector.key, envVarNameErrors);
  if (isEmpty(selector.volumeName)) required(errors, path.child("volumeName"));
  else if (!volumes.has(selector.volumeName)) notFound(errors, path.child("volumeName"), selector.volumeName);
  if (isEmpty(selector.path)) required(errors, path.child("path"));
  else validateLocalNonReservedPath(selector.path, path.child("path"), errors);
}

function validateSource(source: EnvVarSource, volumes: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): number {
  let sources = 0;
  if (source.fieldRef !== undefined) {
    sources++;
    validateObjectField(source.fieldRef, ENV_FIELDS, path.child("fieldRef"), errors);
  }
  if (source.resourceFieldRef !== undefined) {
    sources++;
    validateResourceField(source.resourceFieldRef, false, path.child("resourceFieldRef"), errors);
  }
  if (source.configMapKeyRef !== undefined) {
    sources++;
    validateKeySelector(source.configMapKeyRef, path.child("configMapKeyRef"), errors);
  }
  if (source.secretKeyRef !== undefined) {
    sources++;
    validateKeySelector(source.secretKeyRef, path.child("secretKeyRef"), errors);
  }
  if (source.fileKeyRef !== undefined) {
    sources++;
    validateFileKey(source.fileKeyRef, volumes, path.child("fileKeyRef"), errors);
  }
  return sources;
}

function validateValueFrom(variable: EnvVar, volumes: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  if (variable.valueFrom === undefined) return;
  const sources = validateSource(variable.valueFrom, volumes, path, errors);
  if (sources === 0) {
    invalid(errors, path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
  } else if (!isEmpty(variable.value)) invalid(errors, path, "", "may not be specified when `value` is not empty");
  else if (sources > 1) invalid(errors, path, "", "may not have more than one field specified at a time");
}

/** A container's env. */
export function validateEnv(variables: readonly EnvVar[], volumes: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  for (let index = 0; index < variables.length; index++) {
    const variable = variables[index];
    if (variable === undefined) continue;
    const name: string | undefined = variable.name;
    if (isEmpty(name)) required(errors, path.index(index).child("name"));
    else {
      const complaints = envVarNameErrors(name);
      if (complaints.length > 0) complain(errors, path.index(index), "name", name, complaints);
    }
    if (variable.valueFrom !== undefined) validateValueFrom(variable, volumes, path.index(index).child("valueFrom"), errors);
  }
}

function validateEnvFromReference(reference: { readonly name?: string } | undefined, path: FieldPath, errors: FieldErrors): number {
  if (reference === undefined) return 0;
  requiredName(errors, path, "name", reference.name, (name) => subdomainName(name, true));
  return 1;
}

/** A container's envFrom. */
export function validateEnvFrom(sources: readonly EnvFromSource[], path: FieldPath, errors: FieldErrors): void {
  sources.forEach((source, index) => {
    const at = path.index(index);
    if (!isEmpty(source.prefix)) complain(errors, at, "prefix", source.prefix, envVarNameErrors(source.prefix ?? ""));
    const count =
      validateEnvFromReference(source.configMapRef, at.child("configMapRef"), errors) + validateEnvFromReference(source.secretRef, at.child("secretRef"), errors);
    if (count === 0) invalid(errors, path, "", "must specify one of: `configMapRef` or `secretRef`");
    else if (count > 1) invalid(errors, path, "", "may not have more than one field specified at a time");
  });
}
