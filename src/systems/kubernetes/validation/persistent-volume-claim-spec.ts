/** The spec of volume claims. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimSpec. */
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../../base/names/index.ts";
import { milliValue } from "../../../base/quantity/index.ts";
import type { ObjectMeta, PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate, TypedLocalObjectReference, TypedObjectReference } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, isEmpty, oneOf, optionalName, requiredText } from "./field-rules.ts";
import { validateAnnotations, validateLabels, validateLabelSelector } from "./labels.ts";
import { positiveQuantity, validateResourceQuantity } from "./resources.ts";

const ACCESS_MODES: readonly string[] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
/** The ways a volume is offered: as files or as a raw device. */
export const VOLUME_MODES: readonly string[] = ["Block", "Filesystem"];

/** accessModes of volumes and claims: known ones, and ReadWriteOncePod alone. */
export function validateAccessModes(modes: readonly string[], path: FieldPath, errors: FieldErrors): void {
  for (const mode of modes) if (!ACCESS_MODES.includes(mode)) notSupported(errors, path, mode, ACCESS_MODES);
  const others = modes.some((mode) => mode !== "ReadWriteOncePod" && ACCESS_MODES.includes(mode));
  if (others && modes.includes("ReadWriteOncePod")) forbidden(errors, path, "may not use ReadWriteOncePod with other access modes");
}

function validateDataSource(source: TypedLocalObjectReference | TypedObjectReference, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "name", source.name);
  requiredText(errors, path, "kind", source.kind);
  const group = source.apiGroup ?? "";
  if (group === "") {
    if (source.kind !== "PersistentVolumeClaim") {
      invalid(errors, path, source.kind ?? "", "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
  } else complain(errors, path, "apiGroup", group, dns1123SubdomainErrors(group));
  if ("namespace" in source) optionalName(errors, path, "namespace", source.namespace, dns1123LabelErrors);
}

function validateDataSources(spec: PersistentVolumeClaimSpec, path: FieldPath, errors: FieldErrors): void {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource !== undefined) validateDataSource(dataSource, path.child("dataSource"), errors);
  if (dataSourceRef !== undefined) validateDataSource(dataSourceRef, path.child("dataSourceRef"), errors);
  if (dataSource === undefined || dataSourceRef === undefined) return;
  // Upstream passes the path object as the bad value; it has no exported fields, so it prints as {}.
  if (!isEmpty(dataSourceRef.namespace)) invalid(errors, path, {}, "may not be specified when dataSourceRef.namespace is specified");
  else if (dataSource.apiGroup !== dataSourceRef.apiGroup || dataSource.kind !== dataSourceRef.kind || dataSource.name !== dataSourceRef.name) {
    invalid(errors, path, {}, "must match dataSourceRef");
  }
}

function validateStorageRequest(spec: PersistentVolumeClaimSpec, path: FieldPath, errors: FieldErrors): void {
  const storage = spec.resources?.requests?.["storage"];
  if (storage !== undefined && milliValue(storage) > 0) return;
  const at = path.child("resources").key("storage");
  if (storage === undefined) {
    required(errors, at);
    return;
  }
  const before = errors.length;
  positiveQuantity(storage, at, errors);
  if (errors.length === before) validateResourceQuantity("storage", storage, at, errors);
}

/** A claim's spec. */
export function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: FieldPath, errors: FieldErrors): void {
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) required(errors, path.child("accessModes"), "at least 1 access mode is required");
  validateLabelSelector(spec.selector, path.child("selector"), errors);
  validateAccessModes(modes, path.child("accessModes"), errors);
  validateStorageRequest(spec, path, errors);
  optionalName(errors, path, "storageClassName", spec.storageClassName, dns1123SubdomainErrors);
  oneOf(errors, path, "volumeMode", spec.volumeMode, VOLUME_MODES);
  validateDataSources(spec, path, errors);
  optionalName(errors, path, "volumeAttributesClassName", spec.volumeAttributesClassName, dns1123SubdomainErrors);
}

function validateTemplateMeta(meta: ObjectMeta | undefined, path: FieldPath, errors: FieldErrors): void {
  if (meta === undefined) return;
  validateAnnotations(meta.annotations, path, "annotations", errors);
  validateLabels(meta.labels, path, "labels", errors);
  for (const field of ["name", "generateName", "namespace", "uid", "resourceVersion", "generation", "deletionTimestamp", "ownerReferences", "finalizers"] as const) {
    if (meta[field] !== undefined) forbidden(errors, path.child(field === "uid" ? "uID" : field), "cannot be set");
  }
}

/** The claim inside a generic ephemeral volume. */
export function validateClaimTemplate(template: PersistentVolumeClaimTemplate, path: FieldPath, errors: FieldErrors): void {
  validateTemplateMeta(template.metadata, path.child("metadata"), errors);
  validateClaimSpec(template.spec ?? {}, path.child("spec"), errors);
}
