/**
 * CustomResourceDefinitions and APIServices: names and structure. Source: k8s.io/apiextensions-apiserver v0.36
 * pkg/apis/apiextensions/validation/validation.go. Left out: the rules of structural schemas and of CEL in them.
 */
import { dns1035LabelErrors, dns1123SubdomainErrors } from "../../../base/names/index.ts";
import type { APIService, CustomResourceDefinition, CustomResourceDefinitionNames, CustomResourceDefinitionSpec, CustomResourceDefinitionVersion } from "../api/index.ts";
import { duplicate, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, SPEC, type FieldPath } from "./field-path.ts";
import { complain, immutable, isEmpty } from "./field-rules.ts";
import { pathSegmentName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";

const NAMES = SPEC.child("names");
const MIXED = "may have mixed case, but should otherwise match: ";

function validateLabel(value: string | undefined, name: string, needed: boolean, errors: FieldErrors): void {
  if (isEmpty(value)) {
    if (needed) required(errors, NAMES.child(name));
    return;
  }
  complain(errors, NAMES, name, value, dns1035LabelErrors(value ?? ""));
}

function validateKindName(value: string | undefined, name: string, errors: FieldErrors): void {
  if (isEmpty(value)) required(errors, NAMES.child(name));
  else complain(errors, NAMES, name, value, dns1035LabelErrors((value ?? "").toLowerCase()).map((complaint) => `${MIXED}${complaint}`));
}

function validateNames(names: CustomResourceDefinitionNames | undefined, errors: FieldErrors): void {
  validateLabel(names?.plural, "plural", true, errors);
  validateLabel(names?.singular, "singular", false, errors);
  validateKindName(names?.kind, "kind", errors);
  validateKindName(names?.listKind, "listKind", errors);
  for (const shortName of names?.shortNames ?? []) complain(errors, NAMES, "shortNames", shortName, dns1035LabelErrors(shortName));
  if (!isEmpty(names?.kind) && names?.kind === names?.listKind) {
    invalid(errors, NAMES.child("listKind"), names?.listKind, "kind and listKind may not be the same");
  }
  names?.categories?.forEach((category, index) => {
    for (const complaint of dns1035LabelErrors(category)) invalid(errors, NAMES.child("categories").index(index), category, complaint);
  });
}

function validateVersion(version: CustomResourceDefinitionVersion, path: FieldPath, errors: FieldErrors): void {
  complain(errors, path, "name", version.name ?? "", dns1035LabelErrors(version.name ?? ""));
  const schema = version.schema?.openAPIV3Schema;
  const at = path.child("schema").child("openAPIV3Schema");
  if (schema === undefined) required(errors, at, "schemas are required");
  else if ((schema as { readonly type?: string }).type === undefined) required(errors, at.child("type"), "must not be empty at the root");
}

function validateVersions(spec: CustomResourceDefinitionSpec, errors: FieldErrors): void {
  const path = SPEC.child("versions");
  const versions = spec.versions ?? [];
  const names = versions.map(({ name }) => name);
  versions.forEach((version, index) => validateVersion(version, path.index(index), errors));
  if (versions.length === 0) required(errors, path, "");
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) duplicate(errors, path.index(index).child("name"), name);
  });
  if (versions.length > 0 && versions.filter(({ storage }) => storage).length !== 1) {
    invalid(errors, path, versions.map(({ name, served, storage }) => ({ Name: name, Served: served, Storage: storage })), "must have exactly one version marked as storage version");
  }
}

function validateSpec(spec: CustomResourceDefinitionSpec, errors: FieldErrors): void {
  const group = spec.group ?? "";
  if (group === "") required(errors, SPEC.child("group"));
  else {
    const complaints = dns1123SubdomainErrors(group);
    complain(errors, SPEC, "group", group, complaints);
    if (complaints.length === 0 && !group.includes(".")) invalid(errors, SPEC.child("group"), group, "should be a domain with at least one dot");
  }
  const scope = spec.scope ?? "";
  if (scope === "") required(errors, SPEC.child("scope"));
  else if (scope !== "Cluster" && scope !== "Namespaced") notSupported(errors, SPEC.child("scope"), scope, ["Cluster", "Namespaced"]);
  validateVersions(spec, errors);
  validateNames(spec.names, errors);
  const strategy = spec.conversion?.strategy;
  if (strategy !== undefined && strategy !== "None" && strategy !== "Webhook") {
    notSupported(errors, SPEC.child("conversion").child("strategy"), strategy, ["None", "Webhook"]);
  }
}

const NO_SPEC = {} as CustomResourceDefinitionSpec;

/** A new CustomResourceDefinition. */
export function validateCustomResourceDefinition(definition: CustomResourceDefinition, errors: FieldErrors): void {
  const spec = definition.spec ?? NO_SPEC;
  const required = `${spec.names?.plural ?? ""}.${spec.group ?? ""}`;
  validateObjectMeta(definition.metadata, false, (name) => {
    const complaints = dns1123SubdomainErrors(name);
    return name === required ? complaints : [...complaints, 'must be spec.names.plural+"."+spec.group'];
  }, errors);
  validateSpec(spec, errors);
}

/** A changed CustomResourceDefinition: its group, scope and, once accepted, its names stay. */
export function validateCustomResourceDefinitionUpdate(next: CustomResourceDefinition, previous: CustomResourceDefinition, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec ?? NO_SPEC, errors);
  const established = previous.status?.conditions?.some(({ type, status }) => type === "Established" && status === "True") === true;
  if (!established) return;
  immutable(errors, SPEC.child("scope"), next.spec?.scope, previous.spec?.scope);
  immutable(errors, NAMES.child("kind"), next.spec?.names?.kind, previous.spec?.names?.kind);
  immutable(errors, SPEC.child("group"), next.spec?.group, previous.spec?.group);
  immutable(errors, NAMES.child("plural"), next.spec?.names?.plural, previous.spec?.names?.plural);
}

/** An APIService: it is named after the version and group it serves. */
export function validateApiService(service: APIService, errors: FieldErrors): void {
  validateObjectMeta(service.metadata, false, pathSegmentName, errors);
  const wanted = `${service.spec?.version ?? ""}.${service.spec?.group ?? ""}`;
  const name = service.metadata?.name ?? "";
  if (name !== wanted && name !== "") invalid(errors, METADATA.child("name"), name, "must be `spec.version+\".\"+spec.group`");
  if (isEmpty(service.spec?.version)) complain(errors, SPEC, "version", "", dns1035LabelErrors(""));
}

/** A changed APIService. */
export function validateApiServiceUpdate(next: APIService, previous: APIService, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateApiService(next, errors);
}
