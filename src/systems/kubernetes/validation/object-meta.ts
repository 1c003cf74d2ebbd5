/**
 * metadata of every kind. Source: apimachinery v1.36 pkg/api/validation/objectmeta.go; the finalizer names also
 * kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateObjectMeta.
 */
import { byteLength, dns1035LabelErrors, dns1123LabelErrors, dns1123SubdomainErrors, pathSegmentErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { ManagedFieldsEntry, ObjectMeta, OwnerReference } from "../api/index.ts";
import { forbidden, invalid, required, tooLong, type FieldErrors } from "./field-errors.ts";
import { METADATA, type FieldPath } from "./field-path.ts";
import { complain, complainAt, immutable, isEmpty, nonNegative } from "./field-rules.ts";
import { validateAnnotations, validateLabels } from "./labels.ts";

/** Complaints about a name; with `prefix` the name is a generateName, which may end in a hyphen. */
export type NameRule = (name: string, prefix: boolean) => readonly string[];

function masked(name: string, prefix: boolean): string {
  return prefix && name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
}

/** The usual rule: an RFC 1123 subdomain. */
export const subdomainName: NameRule = (name, prefix) => dns1123SubdomainErrors(masked(name, prefix));
/** An RFC 1123 label: namespaces, stateful sets. */
export const labelName: NameRule = (name, prefix) => dns1123LabelErrors(masked(name, prefix));
/** An RFC 1035 label: services. */
export const dns1035Name: NameRule = (name, prefix) => dns1035LabelErrors(masked(name, prefix));
/** Any name that can stand in an API path: RBAC and other freely named kinds. */
export const pathSegmentName: NameRule = (name) => pathSegmentErrors(name);

const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(["kubernetes", "orphan", "foregroundDeletion"]);
const FIELD_MANAGER_MAX_LENGTH = 128;
const SUBRESOURCE_MAX_LENGTH = 256;
const NO_META: ObjectMeta = {};

function validateOwnerReference(owner: OwnerReference, path: FieldPath, errors: FieldErrors): void {
  const apiVersion = owner.apiVersion ?? "";
  if (apiVersion === "" || apiVersion.endsWith("/")) invalid(errors, path.child("apiVersion"), apiVersion, "version must not be empty");
  for (const field of ["kind", "name", "uid"] as const) if (isEmpty(owner[field])) invalid(errors, path.child(field), "", "must not be empty");
  if (owner.apiVersion === "v1" && owner.kind === "Event") {
    invalid(errors, path, owner, "/v1, Kind=Event is disallowed from being an owner");
  }
}

function validateOwnerReferences(owners: readonly OwnerReference[], path: FieldPath, errors: FieldErrors): void {
  let controller: string | undefined;
  for (const owner of owners) {
    validateOwnerReference(owner, path, errors);
    if (owner.controller !== true) continue;
    const name = `${owner.kind}/${owner.name}`;
    if (controller === undefined) {
      controller = name;
      continue;
    }
    const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`;
    invalid(errors, path, owners, detail);
  }
}

/** A finalizer without a domain must be one of the standard ones. */
export function validateStandardFinalizer(finalizer: string, path: FieldPath, errors: FieldErrors): void {
  if (finalizer.includes("/") || STANDARD_FINALIZERS.has(finalizer)) return;
  invalid(errors, path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
}

function validateFinalizers(finalizers: readonly string[], path: FieldPath, errors: FieldErrors): void {
  for (const finalizer of finalizers) complainAt(errors, path, finalizer, qualifiedNameErrors(finalizer));
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    invalid(errors, path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
  }
}

function validateManagedFields(entries: readonly ManagedFieldsEntry[], path: FieldPath, errors: FieldErrors): void {
  entries.forEach((entry, index) => {
    if (entry.operation !== "Apply" && entry.operation !== "Update") {
      invalid(errors, path.index(index).child("operation"), entry.operation ?? "", "must be `Apply` or `Update`");
    }
    if (entry.fieldsType !== undefined && entry.fieldsType !== "" && entry.fieldsType !== "FieldsV1") {
      invalid(errors, path.index(index).child("fieldsType"), entry.fieldsType, "must be `FieldsV1`");
    }
    if (byteLength(entry.manager ?? "") > FIELD_MANAGER_MAX_LENGTH) tooLong(errors, path.index(index).child("manager"), FIELD_MANAGER_MAX_LENGTH);
    if (byteLength(entry.subresource ?? "") > SUBRESOURCE_MAX_LENGTH) tooLong(errors, path.index(index).child("subresource"), SUBRESOURCE_MAX_LENGTH);
  });
}

function validateName(meta: ObjectMeta, rule: NameRule, path: FieldPath, errors: FieldErrors): void {
  const { name, generateName } = meta;
  if (generateName !== undefined && generateName !== "") complain(errors, path, "generateName", generateName, rule(generateName, true));
  if (name === undefined || name === "") required(errors, path.child("name"), "name or generateName is required");
  else complain(errors, path, "name", name, rule(name, false));
}

function validateNamespaceField(meta: ObjectMeta, namespaced: boolean, path: FieldPath, errors: FieldErrors): void {
  const namespace = meta.namespace ?? "";
  if (!namespaced) {
    if (namespace !== "") forbidden(errors, path.child("namespace"), "not allowed on this type");
    return;
  }
  if (namespace === "") required(errors, path.child("namespace"));
  else complain(errors, path, "namespace", namespace, dns1123LabelErrors(namespace));
}

/** The parts of metadata that are checked on create and on update. */
function validateShared(meta: ObjectMeta, path: FieldPath, errors: FieldErrors): void {
  validateLabels(meta.labels, path, "labels", errors);
  validateAnnotations(meta.annotations, path, "annotations", errors);
  if (meta.ownerReferences !== undefined) validateOwnerReferences(meta.ownerReferences, path.child("ownerReferences"), errors);
}

function validateStandardFinalizers(meta: ObjectMeta, path: FieldPath, errors: FieldErrors): void {
  meta.finalizers?.forEach((finalizer, index) => validateStandardFinalizer(finalizer, path.child("finalizers").index(index), errors));
}

/** metadata of a new object; names have been generated before. */
export function validateObjectMeta(
  meta: ObjectMeta | undefined, namespaced: boolean, rule: NameRule, errors: FieldErrors, path: FieldPath = METADATA,
): void {
  const given = meta ?? NO_META;
  validateName(given, rule, path, errors);
  validateNamespaceField(given, namespaced, path, errors);
  nonNegative(errors, path, "generation", given.generation);
  validateShared(given, path, errors);
  if (given.finalizers !== undefined) validateFinalizers(given.finalizers, path.child("finalizers"), errors);
  if (given.managedFields !== undefined) validateManagedFields(given.managedFields, path.child("managedFields"), errors);
  validateStandardFinalizers(given, path, errors);
}

function validateNoNewFinalizers(next: ObjectMeta, previous: ObjectMeta, path: FieldPath, errors: FieldErrors): void {
  if (previous.deletionTimestamp === undefined) return;
  const extra = (next.finalizers ?? []).filter((finalizer) => previous.finalizers?.includes(finalizer) !== true).sort();
  if (extra.length === 0) return;
  const found = `[]string{${extra.map((finalizer) => `"${finalizer}"`).join(", ")}}`;
  forbidden(errors, path.child("finalizers"), `no new finalizers can be added if the object is being deleted, found new finalizers ${found}`);
}

const IMMUTABLE_FIELDS = ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"] as const;

/** metadata of an object that replaces another. */
export function validateObjectMetaUpdate(
  next: ObjectMeta | undefined, previous: ObjectMeta | undefined, errors: FieldErrors, path: FieldPath = METADATA,
): void {
  const after = next ?? NO_META;
  const before = previous ?? NO_META;
  validateNoNewFinalizers(after, before, path, errors);
  if (after.resourceVersion === undefined || after.resourceVersion === "") {
    invalid(errors, path.child("resourceVersion"), "", "must be specified for an update");
  }
  if ((after.generation ?? 0) < (before.generation ?? 0)) invalid(errors, path.child("generation"), after.generation ?? 0, "must not be decremented");
  for (const name of IMMUTABLE_FIELDS) {
    if (after[name] !== before[name]) immutable(errors, path.child(name), after[name] ?? (name === "name" || name === "namespace" || name === "uid" ? "" : undefined), before[name]);
  }
  validateShared(after, path, errors);
  if (after.managedFields !== undefined) validateManagedFields(after.managedFields, path.child("managedFields"), errors);
  validateStandardFinalizers(after, path, errors);
}
