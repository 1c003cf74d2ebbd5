/** Volumes of pods: exactly one type each, and well-formed. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateVolumes. */
import { milliValue } from "../../../base/quantity/index.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../../base/names/index.ts";
import type { ObjectMeta, Volume } from "../api/index.ts";
import { duplicate, forbidden, invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { isEmpty, oneOf, requiredName, requiredText } from "./field-rules.ts";
import { validateConfigMapVolume, validateDownwardVolume, validateProjectedVolume, validateSecretVolume } from "./file-volumes.ts";
import { validateLocalDescendingPath } from "./local-paths.ts";
import { validateClaimTemplate } from "./persistent-volume-claim-spec.ts";
import {
  cloudDisk, needs, validateAzureDisk, validateCinder, validateCsi, validateFibreChannel, validateFlexVolume, validateFlocker, validateHostPath, validateIscsi,
  validateNfs, validateStorageOs, type SourceRule,
} from "./remote-volumes.ts";
import type { VolumesByName } from "./volume-mounts.ts";

type VolumeType = Exclude<keyof Volume, "name">;

function validateEmptyDir(source: NonNullable<Volume["emptyDir"]>, path: FieldPath, errors: FieldErrors): void {
  if (milliValue(source.sizeLimit) < 0) forbidden(errors, path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
}

function validateGitRepo(source: NonNullable<Volume["gitRepo"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "repository", source.repository);
  validateLocalDescendingPath(source.directory ?? "", path.child("directory"), errors);
}

function validateImage(source: NonNullable<Volume["image"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "reference", source.reference);
  oneOf(errors, path, "pullPolicy", source.pullPolicy, ["Always", "IfNotPresent", "Never"]);
}

function validateEphemeral(source: NonNullable<Volume["ephemeral"]>, path: FieldPath, errors: FieldErrors): void {
  if (source.volumeClaimTemplate === undefined) required(errors, path.child("volumeClaimTemplate"));
  else validateClaimTemplate(source.volumeClaimTemplate, path.child("volumeClaimTemplate"), errors);
}

/** The types in upstream's order: [field, name in "more than 1 volume type", name below which the rest is reported, rule]. */
const TYPES: readonly (readonly [VolumeType, string, string, SourceRule])[] = [
  ["emptyDir", "emptyDir", "emptyDir", validateEmptyDir],
  ["hostPath", "hostPath", "hostPath", validateHostPath],
  ["gitRepo", "gitRepo", "gitRepo", validateGitRepo],
  ["gcePersistentDisk", "gcePersistentDisk", "persistentDisk", cloudDisk("pdName")],
  ["awsElasticBlockStore", "awsElasticBlockStore", "awsElasticBlockStore", cloudDisk("volumeID")],
  ["secret", "secret", "secret", validateSecretVolume],
  ["nfs", "nfs", "nfs", validateNfs],
  ["iscsi", "iscsi", "iscsi", validateIscsi],
  ["glusterfs", "glusterfs", "glusterfs", needs("endpoints", "path")],
  ["flocker", "flocker", "flocker", validateFlocker],
  ["persistentVolumeClaim", "persistentVolumeClaim", "persistentVolumeClaim", needs("claimName")],
  ["rbd", "rbd", "rbd", needs("monitors", "image")],
  ["cinder", "cinder", "cinder", validateCinder],
  ["cephfs", "cephFS", "cephfs", needs("monitors")],
  ["quobyte", "quobyte", "quobyte", needs("registry", "volume")],
  ["downwardAPI", "downwarAPI", "downwardAPI", validateDownwardVolume],
  ["fc", "fc", "fc", validateFibreChannel],
  ["flexVolume", "flexVolume", "flexVolume", validateFlexVolume],
  ["configMap", "configMap", "configMap", validateConfigMapVolume],
  ["azureFile", "azureFile", "azureFile", needs("secretName", "shareName")],
  ["vsphereVolume", "vsphereVolume", "vsphereVolume", needs("volumePath")],
  ["photonPersistentDisk", "photonPersistentDisk", "photonPersistentDisk", needs("pdID")],
  ["portworxVolume", "portworxVolume", "portworxVolume", needs("volumeID")],
  ["azureDisk", "azureDisk", "azureDisk", validateAzureDisk],
  ["storageos", "storageos", "storageos", validateStorageOs],
  ["projected", "projected", "projected", validateProjectedVolume],
  ["scaleIO", "scaleIO", "scaleIO", needs("gateway", "system", "volumeName")],
  ["csi", "csi", "csi", validateCsi],
  ["ephemeral", "ephemeral", "ephemeral", validateEphemeral],
  ["image", "image", "image", validateImage],
];

const BY_TYPE: ReadonlyMap<string, (typeof TYPES)[number]> = new Map(TYPES.map((entry) => [entry[0], entry]));

function runRule(volume: Volume, entry: (typeof TYPES)[number], path: FieldPath, errors: FieldErrors): void {
  const [type, , name, rule] = entry;
  rule(volume[type] as never, path.child(name), errors);
}

/** The usual volume has one type: find it without trying all thirty. */
function onlyType(volume: Volume): (typeof TYPES)[number] | undefined {
  let found: (typeof TYPES)[number] | undefined;
  for (const field in volume) {
    const entry = BY_TYPE.get(field);
    if (entry === undefined || volume[entry[0]] === undefined) continue;
    if (found !== undefined) return undefined;
    found = entry;
  }
  return found;
}

function validateTypes(volume: Volume, path: FieldPath, errors: FieldErrors): void {
  const only = onlyType(volume);
  if (only !== undefined) {
    runRule(volume, only, path, errors);
    return;
  }
  let found = false;
  for (const entry of TYPES) {
    if (volume[entry[0]] === undefined) continue;
    if (found) forbidden(errors, path.child(entry[1]), "may not specify more than 1 volume type");
    else runRule(volume, entry, path, errors);
    found = true;
  }
  if (!found) required(errors, path, "must specify a volume type");
}

function validateEphemeralName(volume: Volume, podName: string, path: FieldPath, errors: FieldErrors): void {
  const claim = `${podName}-${volume.name}`;
  for (const complaint of dns1123SubdomainErrors(claim)) invalid(errors, path.child("name"), volume.name, `PVC name "${claim}": ${complaint}`);
}

function validateVolume(volume: Volume, names: ReadonlySet<string>, podName: string, path: FieldPath, errors: FieldErrors): void {
  validateTypes(volume, path, errors);
  if (volume.ephemeral !== undefined && podName !== "" && !isEmpty(volume.name)) validateEphemeralName(volume, podName, path, errors);
  requiredName(errors, path, "name", volume.name, dns1123LabelErrors);
  if (names.has(volume.name)) duplicate(errors, path.child("name"), volume.name);
}

const NO_VOLUMES: VolumesByName = new Map();

/** A pod's volumes; the answer holds the well-formed ones, which mounts may refer to. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined, podMeta: ObjectMeta | undefined, path: FieldPath, errors: FieldErrors,
): VolumesByName {
  if (volumes === undefined || volumes.length === 0) return NO_VOLUMES;
  const podName = podMeta?.name ?? "";
  const byName = new Map<string, Volume>();
  const names = new Set<string>();
  const made = podName === "" ? [] : volumes.filter((volume) => volume.ephemeral !== undefined).map((volume) => `${podName}-${volume.name}`);
  volumes.forEach((volume, index) => {
    const at = path.index(index);
    const before = errors.length;
    validateVolume(volume, names, podName, at, errors);
    if (errors.length === before) {
      names.add(volume.name);
      byName.set(volume.name, volume);
    }
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim === undefined || !made.includes(claim)) return;
    invalid(errors, at.child("persistentVolumeClaim").child("claimName"), claim, "must not reference a PVC that gets created for an ephemeral volume");
  });
  return byName;
}
