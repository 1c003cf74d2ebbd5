/**
 * Volumes on networks and in clouds: the few fields each must have.
 * Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validate*VolumeSource. Quobyte's and iSCSI's
 * address syntax is not checked here.
 */
import { byteLength, dns1123LabelErrors, dns1123SubdomainErrors, rangeComplaint } from "../../../base/names/index.ts";
import type { AzureDiskVolumeSource, FCVolumeSource, SecretReference, Volume } from "../api/index.ts";
import { invalid, notSupported, required, tooLong, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, isEmpty, oneOf, optionalName, requiredName, requiredText } from "./field-rules.ts";
import { validateNoBacksteps } from "./local-paths.ts";

type Source = Readonly<Record<string, unknown>>;

/** A rule for one type of volume. */
export type SourceRule = (source: never, path: FieldPath, errors: FieldErrors) => void;

function textOf(source: Source, field: string): string | undefined {
  const value = source[field];
  return typeof value === "string" ? value : undefined;
}

/** A rule that asks for texts (or non-empty lists) and nothing else. */
export function needs(...fields: readonly string[]): (source: object, path: FieldPath, errors: FieldErrors) => void {
  return (source, path, errors) => {
    for (const field of fields) {
      const value = (source as Source)[field];
      if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) required(errors, path.child(field));
    }
  };
}

const HOST_PATH_TYPES: readonly string[] = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

/** hostPath: an absolute-looking path without "..", and a known type. */
export function validateHostPath(source: NonNullable<Volume["hostPath"]>, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(source.path)) {
    required(errors, path.child("path"));
    return;
  }
  validateNoBacksteps(source.path, path.child("path"), errors);
  oneOf(errors, path, "type", source.type, HOST_PATH_TYPES);
}

/** nfs: a server and an absolute path. */
export function validateNfs(source: NonNullable<Volume["nfs"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "server", source.server);
  requiredText(errors, path, "path", source.path);
  if (!(source.path ?? "").startsWith("/")) invalid(errors, path.child("path"), source.path ?? "", "must be an absolute path");
}

/** A disk of a cloud with partitions: GCE and AWS. */
export function cloudDisk(idField: string): (source: object, path: FieldPath, errors: FieldErrors) => void {
  return (source, path, errors) => {
    requiredText(errors, path, idField, textOf(source as Source, idField));
    const partition = (source as Source)["partition"];
    if (typeof partition === "number" && (partition < 0 || partition > 255)) invalid(errors, path.child("partition"), partition, rangeComplaint(1, 255));
  };
}

/** fc: worldwide names with a LUN, or identifiers, but not both. */
export function validateFibreChannel(source: FCVolumeSource, path: FieldPath, errors: FieldErrors): void {
  const names = source.targetWWNs?.length ?? 0;
  const identifiers = source.wwids?.length ?? 0;
  if (names === 0 && identifiers === 0) required(errors, path.child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
  if (names > 0 && identifiers > 0) {
    invalid(errors, path.child("targetWWNs"), source.targetWWNs, "targetWWNs and wwids can not be specified simultaneously");
  }
  if (names === 0) return;
  if (source.lun === undefined) required(errors, path.child("lun"), "lun is required if targetWWNs is specified");
  else if (source.lun < 0 || source.lun > 255) invalid(errors, path.child("lun"), source.lun, rangeComplaint(0, 255));
}

/** iscsi: a portal, a qualified name and a LUN. */
export function validateIscsi(source: NonNullable<Volume["iscsi"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "targetPortal", source.targetPortal);
  if (isEmpty(source.iqn)) required(errors, path.child("iqn"));
  else if (!/^(iqn|eui|naa)/.test(source.iqn)) invalid(errors, path.child("iqn"), source.iqn, "must be valid format starting with iqn, eui, or naa");
  if (source.lun < 0 || source.lun > 255) invalid(errors, path.child("lun"), source.lun, rangeComplaint(0, 255));
  if ((source.chapAuthDiscovery === true || source.chapAuthSession === true) && source.secretRef === undefined) required(errors, path.child("secretRef"));
}

/** flocker: a data set by name or by id. */
export function validateFlocker(source: NonNullable<Volume["flocker"]>, path: FieldPath, errors: FieldErrors): void {
  const hasName = !isEmpty(source.datasetName);
  const hasId = !isEmpty(source.datasetUUID);
  if (!hasName && !hasId) required(errors, path, "one of datasetName and datasetUUID is required");
  if (hasName && hasId) invalid(errors, path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
  if (source.datasetName?.includes("/") === true) invalid(errors, path.child("datasetName"), source.datasetName, "must not contain '/'");
}

/** flexVolume: a driver, and no options under Kubernetes' own domains. */
export function validateFlexVolume(source: NonNullable<Volume["flexVolume"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "driver", source.driver);
  for (const option of Object.keys(source.options ?? {})) {
    const domain = `.${(option.split("/", 1)[0] ?? "").toLowerCase()}`;
    if (!domain.endsWith(".kubernetes.io") && !domain.endsWith(".k8s.io")) continue;
    invalid(errors, path.child("options").key(option), option, "kubernetes.io and k8s.io namespaces are reserved");
  }
}

/** azureDisk: a name, a URI that fits its kind, and known modes. */
export function validateAzureDisk(source: AzureDiskVolumeSource, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "diskName", source.diskName);
  requiredText(errors, path, "diskURI", source.diskURI);
  oneOf(errors, path, "cachingMode", source.cachingMode, ["None", "ReadOnly", "ReadWrite"]);
  oneOf(errors, path, "kind", source.kind, ["Dedicated", "Managed", "Shared"]);
  if (source.kind === undefined) return;
  const uri = source.diskURI ?? "";
  if (source.kind === "Managed" && !uri.startsWith("/subscriptions/")) {
    notSupported(errors, path.child("diskURI"), uri, ["/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"]);
  }
  if (source.kind !== "Managed" && !uri.startsWith("https://")) {
    notSupported(errors, path.child("diskURI"), uri, ["https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"]);
  }
}

/** storageos: names are RFC 1123 labels. */
export function validateStorageOs(source: NonNullable<Volume["storageos"]>, path: FieldPath, errors: FieldErrors): void {
  requiredName(errors, path, "volumeName", source.volumeName, dns1123LabelErrors);
  optionalName(errors, path, "volumeNamespace", source.volumeNamespace, dns1123LabelErrors);
  if (source.secretRef !== undefined) requiredText(errors, path.child("secretRef"), "name", source.secretRef.name);
}

/** cinder: a volume, and a named secret if any. */
export function validateCinder(source: NonNullable<Volume["cinder"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "volumeID", source.volumeID);
  if (source.secretRef !== undefined) requiredText(errors, path.child("secretRef"), "name", source.secretRef.name);
}

const DRIVER_MAX_LENGTH = 63;

/** A CSI driver's name: a subdomain of at most 63 bytes, capitals allowed. */
export function validateCsiDriverName(driver: string | undefined, path: FieldPath, errors: FieldErrors): void {
  const name = driver ?? "";
  if (name === "") required(errors, path);
  if (byteLength(name) > DRIVER_MAX_LENGTH) tooLong(errors, path, DRIVER_MAX_LENGTH);
  for (const complaint of dns1123SubdomainErrors(name.toLowerCase())) invalid(errors, path, name, complaint);
}

/** csi in a pod: a driver, and a named secret if any. */
export function validateCsi(source: NonNullable<Volume["csi"]>, path: FieldPath, errors: FieldErrors): void {
  validateCsiDriverName(source.driver, path.child("driver"), errors);
  const secret = source.nodePublishSecretRef;
  if (secret === undefined) return;
  if (isEmpty(secret.name)) required(errors, path.child("nodePublishSecretRef").child("name"));
  else complain(errors, path, "name", secret.name, dns1123SubdomainErrors(secret.name ?? ""));
}

/** A reference to a secret of any namespace. */
export function validateSecretReference(secret: SecretReference | undefined, path: FieldPath, errors: FieldErrors): void {
  if (secret === undefined) return;
  requiredName(errors, path, "name", secret.name, dns1123SubdomainErrors);
  requiredName(errors, path, "namespace", secret.namespace, dns1123LabelErrors);
}
