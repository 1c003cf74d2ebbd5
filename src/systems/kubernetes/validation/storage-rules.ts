/** Storage: volumes, claims, classes and drivers. Source of the classes' rules: kubernetes v1.36 pkg/apis/storage/validation/validation.go. */
import { byteLength, dns1123SubdomainErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { CSIDriver, CSINode, StorageClass, VolumeAttachment, VolumeAttributesClass } from "../api/index.ts";
import { duplicate, forbidden, invalid, notSupported, required, tooLong, type FieldErrors } from "./field-errors.ts";
import { rootPath, SPEC } from "./field-path.ts";
import { complain, complainAt, immutable, isEmpty, oneOf, requiredOneOf } from "./field-rules.ts";
import type { GroupRules } from "./kind-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import {
  validatePersistentVolume, validatePersistentVolumeClaim, validatePersistentVolumeClaimStatusUpdate, validatePersistentVolumeClaimUpdate,
  validatePersistentVolumeStatusUpdate, validatePersistentVolumeUpdate,
} from "./persistent-volume.ts";
import { validateCsiDriverName } from "./remote-volumes.ts";
import { semanticEqual } from "./semantic-equal.ts";

const MAX_PARAMETERS = 512;
const MAX_PARAMETERS_SIZE = 256 * 1024;
const NODE_ID_MAX_LENGTH = 192;

function validateProvisioner(provisioner: string | undefined, field: string, errors: FieldErrors): void {
  const path = rootPath(field);
  if (isEmpty(provisioner)) required(errors, path);
  else complainAt(errors, path, provisioner, qualifiedNameErrors((provisioner ?? "").toLowerCase()));
}

function validateParameters(parameters: Readonly<Record<string, string>> | undefined, mayBeEmpty: boolean, errors: FieldErrors): void {
  const path = rootPath("parameters");
  const names = Object.keys(parameters ?? {});
  let size = 0;
  for (const name of names) {
    if (name === "") invalid(errors, path, name, "field can not be empty.");
    size += byteLength(name) + byteLength(parameters?.[name] ?? "");
  }
  if (names.length > MAX_PARAMETERS) invalid(errors, path, "Provisioner Parameters exceeded max allowed", `must have at most ${MAX_PARAMETERS} items`);
  if (size > MAX_PARAMETERS_SIZE) tooLong(errors, path, MAX_PARAMETERS_SIZE);
  if (!mayBeEmpty && names.length === 0) required(errors, path, "must contain at least one key/value pair");
}

function validateTopologies(storageClass: StorageClass, errors: FieldErrors): void {
  storageClass.allowedTopologies?.forEach((term, index) => {
    const keys = new Set<string>();
    term.matchLabelExpressions?.forEach((expression, position) => {
      const path = rootPath("allowedTopologies").index(index).child("matchLabelExpressions").index(position);
      const values = expression.values ?? [];
      if (values.length === 0) required(errors, path.child("values"));
      values.forEach((value, at) => {
        if (values.indexOf(value) < at) duplicate(errors, path.child("values").index(at), value);
      });
      complain(errors, path, "key", expression.key ?? "", qualifiedNameErrors(expression.key ?? ""));
      if (keys.has(expression.key)) duplicate(errors, path.child("key"), expression.key);
      keys.add(expression.key);
    });
  });
}

function validateStorageClass(storageClass: StorageClass, errors: FieldErrors): void {
  validateObjectMeta(storageClass.metadata, false, subdomainName, errors);
  validateProvisioner(storageClass.provisioner, "provisioner", errors);
  validateParameters(storageClass.parameters, true, errors);
  const { reclaimPolicy, volumeBindingMode } = storageClass;
  if (!isEmpty(reclaimPolicy) && reclaimPolicy !== "Delete" && reclaimPolicy !== "Retain") {
    notSupported(errors, rootPath("reclaimPolicy"), reclaimPolicy, ["Delete", "Retain"]);
  }
  if (isEmpty(volumeBindingMode)) required(errors, rootPath("volumeBindingMode"));
  else if (volumeBindingMode !== "Immediate" && volumeBindingMode !== "WaitForFirstConsumer") {
    notSupported(errors, rootPath("volumeBindingMode"), volumeBindingMode, ["Immediate", "WaitForFirstConsumer"]);
  }
  validateTopologies(storageClass, errors);
}

function validateStorageClassUpdate(next: StorageClass, previous: StorageClass, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  if (!semanticEqual(next.parameters, previous.parameters)) forbidden(errors, rootPath("parameters"), "updates to parameters are forbidden.");
  if (next.provisioner !== previous.provisioner) forbidden(errors, rootPath("provisioner"), "updates to provisioner are forbidden.");
  if (next.reclaimPolicy !== previous.reclaimPolicy) forbidden(errors, rootPath("reclaimPolicy"), "updates to reclaimPolicy are forbidden.");
  immutable(errors, rootPath("volumeBindingMode"), next.volumeBindingMode, previous.volumeBindingMode);
}

function validateAttributesClass(attributesClass: VolumeAttributesClass, errors: FieldErrors): void {
  validateObjectMeta(attributesClass.metadata, false, subdomainName, errors);
  validateProvisioner(attributesClass.driverName, "driverName", errors);
  validateParameters(attributesClass.parameters, false, errors);
}

function validateAttributesClassUpdate(next: VolumeAttributesClass, previous: VolumeAttributesClass, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  if (next.driverName !== previous.driverName) forbidden(errors, rootPath("driverName"), "updates to driverName are forbidden.");
  if (!semanticEqual(next.parameters, previous.parameters)) forbidden(errors, rootPath("parameters"), "updates to parameters are forbidden.");
}

function validateCsiDriver(driver: CSIDriver, errors: FieldErrors): void {
  validateObjectMeta(driver.metadata, false, (name) => dns1123SubdomainErrors(name.toLowerCase()), errors);
  const spec = driver.spec ?? {};
  for (const field of ["attachRequired", "podInfoOnMount", "storageCapacity"] as const) if (spec[field] === undefined) required(errors, SPEC.child(field));
  requiredOneOf(errors, SPEC, "fsGroupPolicy", spec.fsGroupPolicy, ["File", "None", "ReadWriteOnceWithFSType"]);
  for (const mode of spec.volumeLifecycleModes ?? []) oneOf(errors, SPEC, "volumeLifecycleModes", mode, ["Ephemeral", "Persistent"]);
}

function validateCsiDriverUpdate(next: CSIDriver, previous: CSIDriver, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCsiDriver(next, errors);
  for (const field of ["attachRequired", "volumeLifecycleModes"] as const) immutable(errors, SPEC.child(field), next.spec?.[field], previous.spec?.[field]);
}

function validateCsiNode(node: CSINode, errors: FieldErrors): void {
  validateObjectMeta(node.metadata, false, subdomainName, errors);
  const names = new Set<string>();
  node.spec?.drivers?.forEach((driver, index) => {
    const path = SPEC.child("drivers").index(index);
    validateCsiDriverName(driver.name, path.child("name"), errors);
    if (names.has(driver.name)) duplicate(errors, path.child("name"), driver.name);
    names.add(driver.name);
    const id = driver.nodeID ?? "";
    if (id === "") required(errors, path.child("nodeID"));
    if (byteLength(id) > NODE_ID_MAX_LENGTH) invalid(errors, path.child("nodeID"), id, `must be ${NODE_ID_MAX_LENGTH} characters or less`);
    for (const key of driver.topologyKeys ?? []) if (key === "") required(errors, path.child("topologyKeys"));
  });
}

function validateCsiNodeUpdate(next: CSINode, previous: CSINode, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCsiNode(next, errors);
}

function validateAttachment(attachment: VolumeAttachment, errors: FieldErrors): void {
  validateObjectMeta(attachment.metadata, false, subdomainName, errors);
  const spec = attachment.spec ?? {};
  validateCsiDriverName(spec.attacher, SPEC.child("attacher"), errors);
  if (isEmpty(spec.nodeName)) required(errors, SPEC.child("nodeName"));
  const source = spec.source ?? {};
  const path = SPEC.child("source");
  if (source.inlineVolumeSpec === undefined && isEmpty(source.persistentVolumeName)) required(errors, path, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
  if (source.inlineVolumeSpec !== undefined && !isEmpty(source.persistentVolumeName)) {
    forbidden(errors, path, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
  }
}

function validateAttachmentUpdate(next: VolumeAttachment, previous: VolumeAttachment, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateAttachment(next, errors);
  if (!semanticEqual(next.spec, previous.spec)) invalid(errors, SPEC, next.spec, "field is immutable");
}

/** Rules by API group. */
export const STORAGE_RULES: Readonly<Record<string, GroupRules>> = {
  "": {
    PersistentVolume: { create: validatePersistentVolume, update: validatePersistentVolumeUpdate, subresources: { status: validatePersistentVolumeStatusUpdate } },
    PersistentVolumeClaim: {
      create: validatePersistentVolumeClaim, update: validatePersistentVolumeClaimUpdate, subresources: { status: validatePersistentVolumeClaimStatusUpdate },
    },
  },
  "storage.k8s.io": {
    StorageClass: { create: validateStorageClass, update: validateStorageClassUpdate },
    VolumeAttributesClass: { create: validateAttributesClass, update: validateAttributesClassUpdate },
    CSIDriver: { create: validateCsiDriver, update: validateCsiDriverUpdate },
    CSINode: { create: validateCsiNode, update: validateCsiNodeUpdate },
    VolumeAttachment: { create: validateAttachment, update: validateAttachmentUpdate },
  },
};
