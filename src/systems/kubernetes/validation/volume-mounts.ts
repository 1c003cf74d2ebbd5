/** Volume mounts and block devices of containers. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateVolumeMounts. */
import type { Container, Volume, VolumeDevice, VolumeMount } from "../api/index.ts";
import { forbidden, invalid, notFound, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { isEmpty } from "./field-rules.ts";
import { hasBacksteps, validateLocalDescendingPath } from "./local-paths.ts";

/** A pod's well-formed volumes by name. */
export type VolumesByName = ReadonlyMap<string, Volume>;

const PROPAGATIONS: readonly string[] = ["Bidirectional", "HostToContainer", "None"];
const RECURSIVE_READ_ONLY: readonly string[] = ["Disabled", "Enabled", "IfPossible"];

function validatePropagation(mount: VolumeMount, container: Container, path: FieldPath, errors: FieldErrors): void {
  const mode = mount.mountPropagation;
  if (mode === undefined) return;
  if (!PROPAGATIONS.includes(mode)) notSupported(errors, path, mode, PROPAGATIONS);
  if (mode === "Bidirectional" && container.securityContext?.privileged !== true) {
    forbidden(errors, path, "Bidirectional mount propagation is available only to privileged containers");
  }
}

function validateRecursiveReadOnly(mount: VolumeMount, path: FieldPath, errors: FieldErrors): void {
  const mode = mount.recursiveReadOnly;
  if (mode === undefined || mode === "Disabled") return;
  if (!RECURSIVE_READ_ONLY.includes(mode)) {
    notSupported(errors, path, mode, RECURSIVE_READ_ONLY);
    return;
  }
  if (mount.readOnly !== true) forbidden(errors, path, "may only be specified when readOnly is true");
  if (mount.mountPropagation !== undefined && mount.mountPropagation !== "None") {
    forbidden(errors, path, "may only be specified when mountPropagation is None or not specified");
  }
}

function validateSubPath(mount: VolumeMount, listPath: FieldPath, path: FieldPath, errors: FieldErrors): void {
  const subPath = mount.subPath ?? "";
  const expression = mount.subPathExpr ?? "";
  if (subPath !== "") validateLocalDescendingPath(subPath, listPath.child("subPath"), errors);
  if (expression === "") return;
  if (subPath !== "") invalid(errors, path.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
  validateLocalDescendingPath(expression, listPath.child("subPathExpr"), errors);
}

function validateMount(
  mount: VolumeMount, mountPaths: Set<string>, container: Container, volumes: VolumesByName, path: FieldPath, errors: FieldErrors,
): void {
  if (isEmpty(mount.name)) required(errors, path.child("name"));
  if (!volumes.has(mount.name)) notFound(errors, path.child("name"), mount.name ?? "");
  if (isEmpty(mount.mountPath)) required(errors, path.child("mountPath"));
  if (mountPaths.has(mount.mountPath)) invalid(errors, path.child("mountPath"), mount.mountPath, "must be unique");
  mountPaths.add(mount.mountPath);
  for (const device of container.volumeDevices ?? []) {
    if (device.name === mount.name) invalid(errors, path.child("name"), mount.name, "must not already exist in volumeDevices");
    if (device.devicePath === mount.mountPath) {
      invalid(errors, path.child("mountPath"), mount.mountPath, "must not already exist as a path in volumeDevices");
    }
  }
}

/** A container's volumeMounts. */
export function validateVolumeMounts(container: Container, volumes: VolumesByName, path: FieldPath, errors: FieldErrors): void {
  const mounts = container.volumeMounts;
  if (mounts === undefined) return;
  const mountPaths = new Set<string>();
  mounts.forEach((mount, index) => {
    const at = path.index(index);
    validateMount(mount, mountPaths, container, volumes, at, errors);
    validateSubPath(mount, path, at, errors);
    if (mount.mountPropagation !== undefined) validatePropagation(mount, container, path.child("mountPropagation"), errors);
    if (mount.recursiveReadOnly !== undefined) validateRecursiveReadOnly(mount, path.child("recursiveReadOnly"), errors);
  });
}

function validateDeviceVolume(name: string, volumes: VolumesByName, path: FieldPath, errors: FieldErrors): void {
  const volume = volumes.get(name);
  if (volume === undefined) notFound(errors, path, name);
  else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
    invalid(errors, path, name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
  }
}

function validateDevicePath(device: VolumeDevice, devicePaths: Set<string>, path: FieldPath, errors: FieldErrors): void {
  const devicePath = device.devicePath ?? "";
  if (devicePath === "") required(errors, path.child("devicePath"));
  if (devicePaths.has(devicePath)) invalid(errors, path.child("devicePath"), devicePath, "must be unique");
  if (hasBacksteps(devicePath)) invalid(errors, path.child("devicePath"), devicePath, "can not contain backsteps ('..')");
  else devicePaths.add(devicePath);
}

/** A container's volumeDevices. */
export function validateVolumeDevices(container: Container, volumes: VolumesByName, path: FieldPath, errors: FieldErrors): void {
  const devicePaths = new Set<string>();
  const names = new Set<string>();
  container.volumeDevices?.forEach((device, index) => {
    const at = path.index(index);
    const name = device.name ?? "";
    if (name === "") required(errors, at.child("name"));
    if (names.has(name)) invalid(errors, at.child("name"), name, "must be unique");
    validateDeviceVolume(name, volumes, at.child("name"), errors);
    validateDevicePath(device, devicePaths, at, errors);
    for (const mount of container.volumeMounts ?? []) {
      if (mount.name === name) invalid(errors, at.child("name"), name, "must not already exist in volumeMounts");
      if (mount.mountPath === device.devicePath) {
        invalid(errors, at.child("devicePath"), device.devicePath, "must not already exist as a path in volumeMounts");
      }
    }
    if (name !== "") names.add(name);
  });
}
