/**
 * PersistentVolumes and claims. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go.
 * Simplified: the diffs of Go structs at the end of two refusals are lists of the changed fields.
 */
import { compareQuantityTexts } from "../../../base/quantity/index.ts";
import { dns1123SubdomainErrors } from "../../../base/names/index.ts";
import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec, PersistentVolumeSpec } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, rootPath, SPEC, STATUS, type FieldPath } from "./field-path.ts";
import { complain, IMMUTABLE, immutable, isEmpty, oneOf, optionalName } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validateNodeSelector } from "./node-selectors.ts";
import { validateAccessModes, validateClaimSpec, VOLUME_MODES } from "./persistent-volume-claim-spec.ts";
import { describeChanges } from "./pod-update.ts";
import { cloudDisk, needs, validateAzureDisk, validateCinder, validateCsiDriverName, validateFibreChannel, validateFlexVolume, validateFlocker, validateHostPath, validateIscsi, validateNfs, validateSecretReference, validateStorageOs, type SourceRule } from "./remote-volumes.ts";
import { nonNegativeQuantity, positiveQuantity } from "./resources.ts";
import { semanticEqual } from "./semantic-equal.ts";
import { validateNoBacksteps } from "./local-paths.ts";

const RECLAIM_POLICIES: readonly string[] = ["Delete", "Recycle", "Retain"];
const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
const NO_SPEC: PersistentVolumeSpec = {};

function validateCsi(source: NonNullable<PersistentVolumeSpec["csi"]>, path: FieldPath, errors: FieldErrors): void {
  validateCsiDriverName(source.driver, path.child("driver"), errors);
  if (isEmpty(source.volumeHandle)) required(errors, path.child("volumeHandle"));
  for (const field of ["controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef"] as const) {
    validateSecretReference(source[field], path.child(field), errors);
  }
}

function validateLocal(source: NonNullable<PersistentVolumeSpec["local"]>, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(source.path)) required(errors, path.child("path"));
  else validateNoBacksteps(source.path, path.child("path"), errors);
}

type SourceField = keyof PersistentVolumeSpec;

/** The types in upstream's order: [field, name in "more than 1 volume type", name below which the rest is reported, rule]. */
const SOURCES: readonly (readonly [SourceField, string, string, SourceRule])[] = [
  ["hostPath", "hostPath", "hostPath", validateHostPath],
  ["gcePersistentDisk", "gcePersistentDisk", "persistentDisk", cloudDisk("pdName")],
  ["awsElasticBlockStore", "awsElasticBlockStore", "awsElasticBlockStore", cloudDisk("volumeID")],
  ["glusterfs", "glusterfs", "glusterfs", needs("endpoints", "path")],
  ["flocker", "flocker", "flocker", validateFlocker],
  ["nfs", "nfs", "nfs", validateNfs],
  ["rbd", "rbd", "rbd", needs("monitors", "image")],
  ["quobyte", "quobyte", "quobyte", needs("registry", "volume")],
  ["cephfs", "cephFS", "cephfs", needs("monitors")],
  ["iscsi", "iscsi", "iscsi", validateIscsi],
  ["cinder", "cinder", "cinder", validateCinder],
  ["fc", "fc", "fc", validateFibreChannel],
  ["flexVolume", "flexVolume", "flexVolume", validateFlexVolume],
  ["azureFile", "azureFile", "azureFile", needs("secretName", "shareName")],
  ["vsphereVolume", "vsphereVolume", "vsphereVolume", needs("volumePath")],
  ["photonPersistentDisk", "photonPersistentDisk", "photonPersistentDisk", needs("pdID")],
  ["portworxVolume", "portworxVolume", "portworxVolume", needs("volumeID")],
  ["azureDisk", "azureDisk", "azureDisk", validateAzureDisk],
  ["scaleIO", "scaleIO", "scaleIO", needs("gateway", "system", "volumeName")],
  ["local", "local", "local", validateLocal],
  ["storageos", "storageos", "storageos", validateStorageOs],
  ["csi", "csi", "csi", validateCsi],
];

function validateSources(spec: PersistentVolumeSpec, errors: FieldErrors): void {
  let found = false;
  for (const [field, moreName, name, rule] of SOURCES) {
    if (spec[field] === undefined) continue;
    if (found) forbidden(errors, SPEC.child(moreName), "may not specify more than 1 volume type");
    else rule(spec[field] as never, SPEC.child(name), errors);
    found = true;
  }
  if (!found) required(errors, SPEC, "must specify a volume type");
  if (spec.local !== undefined && spec.nodeAffinity === undefined) required(errors, SPEC.child("nodeAffinity"), "Local volume requires node affinity");
}

function validateCapacity(spec: PersistentVolumeSpec, errors: FieldErrors): void {
  const capacity = spec.capacity ?? {};
  const names = Object.keys(capacity);
  const path = SPEC.child("capacity");
  if (names.length === 0) required(errors, path);
  if (capacity["storage"] === undefined || names.length > 1) notSupported(errors, path, spec.capacity ?? null, ["storage"]);
  for (const name of names) {
    nonNegativeQuantity(capacity[name] ?? 0, path.key(name), errors);
    positiveQuantity(capacity[name] ?? 0, path.key(name), errors);
  }
}

function validateNodeAffinity(spec: PersistentVolumeSpec, errors: FieldErrors): void {
  if (spec.nodeAffinity === undefined) return;
  const path = SPEC.child("nodeAffinity").child("required");
  if (spec.nodeAffinity.required === undefined) required(errors, path, "must specify required node constraints");
  else validateNodeSelector(spec.nodeAffinity.required, path, errors);
}

function validateAttributesClass(spec: PersistentVolumeSpec, errors: FieldErrors): void {
  const name = spec.volumeAttributesClassName;
  if (name === undefined) return;
  if (name === "") required(errors, SPEC.child("volumeAttributesClassName"), "an empty string is disallowed");
  else complain(errors, SPEC, "volumeAttributesClassName", name, dns1123SubdomainErrors(name));
  if (spec.csi === undefined) required(errors, SPEC.child("csi"), "has to be specified when using volumeAttributesClassName");
}

/** A new PersistentVolume. */
export function validatePersistentVolume(volume: PersistentVolume, errors: FieldErrors): void {
  validateObjectMeta(volume.metadata, false, subdomainName, errors);
  const spec = volume.spec ?? NO_SPEC;
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) required(errors, SPEC.child("accessModes"));
  validateAccessModes(modes, SPEC.child("accessModes"), errors);
  validateCapacity(spec, errors);
  oneOf(errors, SPEC, "persistentVolumeReclaimPolicy", spec.persistentVolumeReclaimPolicy, RECLAIM_POLICIES);
  validateNodeAffinity(spec, errors);
  validateSources(spec, errors);
  if (spec.hostPath !== undefined && /^\/+$/.test(spec.hostPath.path ?? "") && spec.persistentVolumeReclaimPolicy === "Recycle") {
    forbidden(errors, SPEC.child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'");
  }
  optionalName(errors, SPEC, "storageClassName", spec.storageClassName, dns1123SubdomainErrors);
  oneOf(errors, SPEC, "volumeMode", spec.volumeMode, VOLUME_MODES);
  validateAttributesClass(spec, errors);
}

function sourceOf(spec: PersistentVolumeSpec, keepExpandSecret: boolean): Record<string, unknown> {
  const source: Record<string, unknown> = {};
  for (const [field] of SOURCES) source[field] = spec[field];
  if (!keepExpandSecret && spec.csi !== undefined) source["csi"] = { ...spec.csi, controllerExpandSecretRef: undefined };
  return source;
}

/** A changed PersistentVolume: where the data lie stays. */
export function validatePersistentVolumeUpdate(next: PersistentVolume, previous: PersistentVolume, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePersistentVolume(next, errors);
  const after = next.spec ?? NO_SPEC;
  const before = previous.spec ?? NO_SPEC;
  const keep = before.csi?.controllerExpandSecretRef !== undefined;
  const [source, old] = [sourceOf(after, keep), sourceOf(before, keep)];
  if (!semanticEqual(source, old)) {
    const changes = describeChanges("core.PersistentVolumeSource", source, old);
    forbidden(errors, SPEC.child("persistentvolumesource"), `spec.persistentvolumesource is immutable after creation\n${changes}`);
  }
  immutable(errors, rootPath("volumeMode"), after.volumeMode, before.volumeMode);
  if (before.nodeAffinity !== undefined) immutable(errors, rootPath("nodeAffinity"), after.nodeAffinity, before.nodeAffinity);
  if (before.volumeAttributesClassName !== undefined && after.volumeAttributesClassName === undefined) {
    forbidden(errors, SPEC.child("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
  }
}

/** A PersistentVolume whose status is replaced. */
export function validatePersistentVolumeStatusUpdate(next: PersistentVolume, previous: PersistentVolume, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
}

/** A new PersistentVolumeClaim. */
export function validatePersistentVolumeClaim(claim: PersistentVolumeClaim, errors: FieldErrors): void {
  validateObjectMeta(claim.metadata, true, subdomainName, errors);
  validateClaimSpec(claim.spec ?? {}, SPEC, errors);
}

/** The new spec with everything that may change set back to what it was. */
function mungedClaim(next: PersistentVolumeClaim, previous: PersistentVolumeClaim): Record<string, unknown> {
  const after = next.spec ?? {};
  const before: PersistentVolumeClaimSpec = previous.spec ?? {};
  const spec: Record<string, unknown> = { ...after };
  const oldClass = previous.metadata?.annotations?.[CLASS_ANNOTATION];
  const classGiven = after.storageClassName !== undefined && before.storageClassName === undefined;
  if (classGiven && (oldClass === undefined || oldClass === after.storageClassName)) spec["storageClassName"] = undefined;
  if (isEmpty(before.volumeName)) spec["volumeName"] = before.volumeName;
  if (next.status?.phase !== "Bound") return spec;
  if (after.resources?.requests !== undefined) {
    const requests = { ...after.resources.requests, storage: before.resources?.requests?.["storage"] };
    spec["resources"] = { ...after.resources, requests };
  }
  if (after.volumeAttributesClassName !== undefined) spec["volumeAttributesClassName"] = before.volumeAttributesClassName;
  return spec;
}

function validateSize(next: PersistentVolumeClaim, previous: PersistentVolumeClaim, errors: FieldErrors): void {
  const size = next.spec?.resources?.requests?.["storage"] ?? "0";
  if (compareQuantityTexts(size, previous.spec?.resources?.requests?.["storage"] ?? "0") >= 0) return;
  if (compareQuantityTexts(size, previous.status?.capacity?.["storage"] ?? "0") > 0) return;
  forbidden(errors, SPEC.child("resources").child("requests").child("storage"), "field can not be less than status.capacity");
}

function validateClassAnnotation(next: PersistentVolumeClaim, previous: PersistentVolumeClaim, errors: FieldErrors): void {
  const after = next.metadata?.annotations?.[CLASS_ANNOTATION] ?? "";
  const before = previous.metadata?.annotations?.[CLASS_ANNOTATION] ?? "";
  if (after !== before) invalid(errors, METADATA.child("annotations").child(CLASS_ANNOTATION), after, IMMUTABLE);
}

function validateAttributesClassChange(after: PersistentVolumeClaimSpec, before: PersistentVolumeClaimSpec, errors: FieldErrors): void {
  if (before.volumeAttributesClassName === undefined) return;
  const path = SPEC.child("volumeAttributesClassName");
  if (after.volumeAttributesClassName === undefined) forbidden(errors, path, "update from non-nil value to nil is forbidden");
  else if (after.volumeAttributesClassName === "" && before.volumeAttributesClassName !== "") {
    forbidden(errors, path, "update from non-nil value to an empty string is forbidden");
  }
}

/** A changed PersistentVolumeClaim: a bound one may grow, little else changes. */
export function validatePersistentVolumeClaimUpdate(next: PersistentVolumeClaim, previous: PersistentVolumeClaim, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePersistentVolumeClaim(next, errors);
  validateClassAnnotation(next, previous, errors);
  const before = previous.spec ?? {};
  const munged = mungedClaim(next, previous);
  if (!semanticEqual(munged, before)) {
    const changes = describeChanges("core.PersistentVolumeClaimSpec", munged, before as unknown as Record<string, unknown>);
    forbidden(errors, SPEC, `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${changes}`);
  }
  validateSize(next, previous, errors);
  immutable(errors, rootPath("volumeMode"), next.spec?.volumeMode, before.volumeMode);
  validateAttributesClassChange(next.spec ?? {}, before, errors);
}

/** A PersistentVolumeClaim whose status is replaced. */
export function validatePersistentVolumeClaimStatusUpdate(next: PersistentVolumeClaim, previous: PersistentVolumeClaim, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  if ((next.spec?.accessModes?.length ?? 0) === 0) required(errors, rootPath("Spec", "accessModes"));
  const capacity = next.status?.capacity;
  for (const name in capacity) nonNegativeQuantity(capacity[name] ?? 0, STATUS.child("capacity").key(name), errors);
}
