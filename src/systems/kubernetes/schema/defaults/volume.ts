/** Defaults of volumes and claims. Source: pkg/apis/core/v1/defaults.go and the `+default` markers of k8s.io/api/core/v1/types.go. */
import type { DownwardAPIVolumeFile, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec, PersistentVolumeSpec, Volume, VolumeProjection } from "../../api/index.ts";
import { always, eachOf, fill, inside, type Filler } from "./edit.ts";
import { fieldRef } from "./container.ts";
import { defaultPullPolicy } from "./image.ts";
import { roundedUp } from "./quantities.ts";

/** 0644: SecretVolumeSourceDefaultMode and its siblings in core/v1/types.go. */
const FILE_MODE = 420;
/** ServiceAccountTokenProjection: one hour. */
const TOKEN_SECONDS = 3600;

const fileItem: Filler<DownwardAPIVolumeFile> = (item) => inside(item, "fieldRef", fieldRef);

const projection: Filler<VolumeProjection> = (source) => {
  const out = inside(source, "downwardAPI", (downward) => eachOf(downward, "items", fileItem));
  return inside(out, "serviceAccountToken", (token) => fill(token, { expirationSeconds: TOKEN_SECONDS }));
};

/** SetDefaults_PersistentVolumeClaimSpec; `resources` is a struct in Go and so always written. */
export const claimSpec: Filler<PersistentVolumeClaimSpec> = (spec) => {
  const out = fill(spec, { volumeMode: "Filesystem", resources: {} });
  return always(out, "resources", (wanted) => inside(inside(wanted, "limits", roundedUp), "requests", roundedUp));
};

/** SetDefaults_PersistentVolumeClaim. */
export const persistentVolumeClaim: Filler<PersistentVolumeClaim> = (claim) => {
  const out = always(always(claim, "spec", claimSpec), "status", (status) => fill(status, { phase: "Pending" }));
  return inside(out, "status", (status) => inside(inside(status, "capacity", roundedUp), "allocatedResources", roundedUp));
};

const typeKeys: ReadonlySet<string> = new Set(["name"]);

function hasSource(volume: Volume): boolean {
  for (const key in volume) if (!typeKeys.has(key)) return true;
  return false;
}

/** SetDefaults_Volume with the nested defaulters. A volume without a source is an emptyDir. */
export const volume: Filler<Volume> = (value) => {
  if (!hasSource(value)) return { ...value, emptyDir: {} };
  const { configMap, secret, emptyDir } = value;
  if (emptyDir !== undefined) return value;
  if (configMap !== undefined) return inside(value, "configMap", (source) => fill(source, { defaultMode: FILE_MODE }));
  if (secret !== undefined) return inside(value, "secret", (source) => fill(source, { defaultMode: FILE_MODE }));
  return networkVolume(fileVolume(value));
};

function fileVolume(value: Volume): Volume {
  let out = inside(value, "projected", (source) => eachOf(fill(source, { defaultMode: FILE_MODE }), "sources", projection));
  out = inside(out, "downwardAPI", (source) => eachOf(fill(source, { defaultMode: FILE_MODE }), "items", fileItem));
  out = inside(out, "hostPath", (source) => fill(source, { type: "" }));
  out = inside(out, "image", (source) => (source.pullPolicy === undefined || source.pullPolicy === "" ? { ...source, pullPolicy: defaultPullPolicy(source.reference) } : source));
  return inside(out, "ephemeral", (source) => inside(source, "volumeClaimTemplate", (template) => inside(template, "spec", claimSpec)));
}

function networkVolume(value: Volume): Volume {
  let out = inside(value, "iscsi", (source) => fill(source, { iscsiInterface: "default" }));
  out = inside(out, "rbd", (source) => fill(source, rbdDefaults));
  out = inside(out, "azureDisk", (source) => fill(source, azureDiskDefaults));
  return inside(out, "scaleIO", (source) => fill(source, scaleIoDefaults));
}

const rbdDefaults = { pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring" };
const azureDiskDefaults = { cachingMode: "ReadWrite", fsType: "ext4", readOnly: false, kind: "Shared" };
const scaleIoDefaults = { storageMode: "ThinProvisioned", fsType: "xfs" };

const volumeSpec: Filler<PersistentVolumeSpec> = (spec) => {
  let out = fill(spec, { persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" });
  out = inside(out, "capacity", roundedUp);
  out = inside(out, "hostPath", (source) => fill(source, { type: "" }));
  out = inside(out, "iscsi", (source) => fill(source, { iscsiInterface: "default" }));
  out = inside(out, "rbd", (source) => fill(source, rbdDefaults));
  out = inside(out, "azureDisk", (source) => fill(source, azureDiskDefaults));
  return inside(out, "scaleIO", (source) => fill(source, scaleIoDefaults));
};

/** SetDefaults_PersistentVolume. */
export const persistentVolume: Filler<PersistentVolume> = (value) => always(always(value, "spec", volumeSpec), "status", (status) => fill(status, { phase: "Pending" }));
