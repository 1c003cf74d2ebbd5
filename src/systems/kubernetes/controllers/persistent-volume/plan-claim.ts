/**
 * Binds claims to volumes (pkg/controller/volume/persistentvolume/pv_controller.go, syncClaim), and makes volumes for
 * classes with a provisioner: in a real cluster a separate program does that; here the controller stands in for it.
 */
import { type Node, type PersistentVolume, type PersistentVolumeClaim, type PersistentVolumeSpec, type StorageClass } from "../../api/index.ts";
import { NO_PLAN, type Plan, type PlannedRequest, planOf, type Tell, type View } from "../runtime/index.ts";
import { findVolume, isClaimedBy, requestOf } from "./volume-match.ts";

const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
const PROVISIONER = "volume.kubernetes.io/storage-provisioner";
/** Annotation by which the scheduler says where the first consumer will run. */
const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const NO_PROVISIONER = "kubernetes.io/no-provisioner";
/** How often an unbound claim is looked at again. */
const RESYNC_MS = 15_000;
/** Time that making a volume takes. A round figure. */
export const PROVISION_MS = 1_000;
const VOLUMES = Object.freeze({ group: "", version: "v1", resource: "persistentvolumes" } as const);
const CLAIMS = Object.freeze({ group: "", version: "v1", resource: "persistentvolumeclaims" } as const);

/** The plan for one claim. `provisionable` = the provisioner has had its time. */
export function planClaim(key: string, view: View, provisionable: boolean): Plan {
  const claim = view.get("persistentvolumeclaims", key);
  if (claim === undefined || claim.metadata?.deletionTimestamp !== undefined) return NO_PLAN;
  if (claim.metadata?.annotations?.[BIND_COMPLETED] !== undefined) return planBound(claim, view);
  const named = claim.spec?.volumeName;
  if (named !== undefined && named !== "") {
    const volume = view.get("persistentvolumes", named);
    if (volume === undefined || (volume.spec?.claimRef !== undefined && !isClaimedBy(volume, claim))) return pending(claim);
    return bind(claim, volume);
  }
  const storageClass = view.get("storageclasses.storage.k8s.io", claim.spec?.storageClassName ?? "");
  const selected = claim.metadata?.annotations?.[SELECTED_NODE];
  const isDelayed = storageClass?.volumeBindingMode === "WaitForFirstConsumer" && selected === undefined;
  const volume = findVolume(claim, reserved(view, claim, isDelayed));
  if (volume !== undefined) return bind(claim, volume);
  if (isDelayed) return { ...pending(claim), tell: [say(claim, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding")] };
  if (storageClass === undefined) return withoutClass(claim);
  return storageClass.provisioner === NO_PROVISIONER ? pending(claim) : provision(claim, storageClass, selected, view, provisionable);
}

/** While a claim waits for its consumer only a volume that was reserved for it will do. */
function* reserved(view: View, claim: PersistentVolumeClaim, onlyReserved: boolean): IterableIterator<PersistentVolume> {
  for (const volume of view.all("persistentvolumes")) if (!onlyReserved || isClaimedBy(volume, claim)) yield volume;
}

function say(claim: PersistentVolumeClaim, type: "Normal" | "Warning", reason: string, message: string): Tell {
  return { event: { regarding: { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: claim.metadata ?? {} }, type, reason, message } };
}

function withoutClass(claim: PersistentVolumeClaim): Plan {
  const name = claim.spec?.storageClassName ?? "";
  if (name === "") return { ...pending(claim), tell: [say(claim, "Normal", "FailedBinding", "no persistent volumes available for this claim and no storage class is set")] };
  return { ...pending(claim), tell: [say(claim, "Warning", "ProvisioningFailed", `storageclass.storage.k8s.io "${name}" not found`)] };
}

function pending(claim: PersistentVolumeClaim): Plan {
  if (claim.status?.phase === "Pending") return { steps: [], requeueAfterMs: RESYNC_MS };
  return { ...planOf([claimStatus(claim, { phase: "Pending" })]), requeueAfterMs: RESYNC_MS };
}

function claimStatus(claim: PersistentVolumeClaim, status: unknown): PlannedRequest {
  const { namespace = "", name = "" } = claim.metadata ?? {};
  return { call: { verb: "patch", ...CLAIMS, subresource: "status", namespace, name, body: { status }, options: { patchType: "application/merge-patch+json" } }, accept: [404] };
}

/** Both sides refer to each other; the volume first, so that two claims can't take it (bind). */
function bind(claim: PersistentVolumeClaim, volume: PersistentVolume): Plan {
  const { namespace = "", name = "", uid = "", resourceVersion = "" } = claim.metadata ?? {};
  const volumeName = volume.metadata?.name ?? "";
  const claimRef = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid, resourceVersion };
  const merge = { patchType: "application/merge-patch+json" } as const;
  const isTied = volume.spec?.claimRef?.uid === uid;
  const byController = volume.spec?.claimRef === undefined ? { annotations: { [BOUND_BY_CONTROLLER]: "yes" } } : {};
  const tie: PlannedRequest = {
    call: { verb: "patch", ...VOLUMES, name: volumeName, body: { metadata: { resourceVersion: volume.metadata?.resourceVersion, ...byController }, spec: { claimRef } }, options: merge },
  };
  const chosen = claim.spec?.volumeName === volumeName ? {} : { [BOUND_BY_CONTROLLER]: "yes" };
  const choose: PlannedRequest = {
    call: { verb: "patch", ...CLAIMS, namespace, name, body: { metadata: { annotations: { [BIND_COMPLETED]: "yes", ...chosen } }, spec: { volumeName } }, options: merge },
    onSuccess: { note: { kind: "VolumeBound", object: `persistentvolumeclaims/${namespace}/${name}`, data: { volume: volumeName } } },
  };
  const status = { phase: "Bound", accessModes: volume.spec?.accessModes ?? [], capacity: volume.spec?.capacity ?? {} };
  return {
    steps: [
      isTied ? [] : [tie],
      [{ call: { verb: "patch", ...VOLUMES, subresource: "status", name: volumeName, body: { status: { phase: "Bound" } }, options: merge } }],
      [choose],
      [claimStatus(claim, status)],
    ],
  };
}

/** A bound claim whose volume is gone is lost. */
function planBound(claim: PersistentVolumeClaim, view: View): Plan {
  const volume = view.get("persistentvolumes", claim.spec?.volumeName ?? "");
  if (volume !== undefined) return claim.status?.phase === "Bound" ? NO_PLAN : bind(claim, volume);
  if (claim.status?.phase === "Lost") return NO_PLAN;
  const message = "Bound claim has lost its PersistentVolume. Data on the volume is lost!";
  return { ...planOf([claimStatus(claim, { phase: "Lost" })]), tell: [say(claim, "Warning", "ClaimLost", message)] };
}

function provision(claim: PersistentVolumeClaim, storageClass: StorageClass, selected: string | undefined, view: View, provisionable: boolean): Plan {
  const { provisioner } = storageClass;
  const { namespace = "", name = "" } = claim.metadata ?? {};
  if (claim.metadata?.annotations?.[PROVISIONER] !== provisioner) {
    const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
    const annotations = { [PROVISIONER]: provisioner, [`volume.beta.${PROVISIONER.slice("volume.".length)}`]: provisioner };
    const call = { verb: "patch", ...CLAIMS, namespace, name, body: { metadata: { annotations } }, options: { patchType: "application/merge-patch+json" } } as const;
    return { ...planOf([{ call }]), requeueAfterMs: PROVISION_MS, tell: [say(claim, "Normal", "ExternalProvisioning", message)] };
  }
  if (!provisionable) return { steps: [], requeueAfterMs: PROVISION_MS };
  const node = selected === undefined ? undefined : view.get("nodes", selected);
  const volume = newVolume(claim, storageClass, node);
  const volumeName = volume.metadata?.name ?? "";
  const told = say(claim, "Normal", "ProvisioningSucceeded", `Successfully provisioned volume ${volumeName}`);
  return planOf([{ call: { verb: "create", ...VOLUMES, body: volume }, accept: [409], onSuccess: { ...told, note: { kind: "VolumeProvisioned", object: `persistentvolumes/${volumeName}`, data: { claim: `${namespace}/${name}` } } } }]);
}

function newVolume(claim: PersistentVolumeClaim, storageClass: StorageClass, node: Node | undefined): PersistentVolume {
  const { namespace = "", name = "", uid = "", resourceVersion = "" } = claim.metadata ?? {};
  const volumeName = `pvc-${uid}`;
  const hostname = node?.metadata?.labels?.["kubernetes.io/hostname"] ?? node?.metadata?.name;
  const isLocal = hostname !== undefined && /local|hostpath/.test(storageClass.provisioner);
  const source: Partial<PersistentVolumeSpec> = isLocal
    ? {
      hostPath: { path: `/opt/local-path-provisioner/${volumeName}_${namespace}_${name}`, type: "DirectoryOrCreate" },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [hostname] }] }] } },
    }
    : { csi: { driver: storageClass.provisioner, volumeHandle: volumeName } };
  return {
    apiVersion: "v1", kind: "PersistentVolume", metadata: { name: volumeName, annotations: { [PROVISIONED_BY]: storageClass.provisioner } },
    spec: {
      accessModes: claim.spec?.accessModes ?? [], capacity: { storage: requestOf(claim) }, volumeMode: claim.spec?.volumeMode ?? "Filesystem",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid, resourceVersion },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? "Delete", storageClassName: storageClass.metadata?.name ?? "", ...source,
    },
  };
}

/** The plan for one volume: free, bound, or left by its claim (syncVolume, reclaimVolume). */
export function planVolume(name: string, view: View): Plan {
  const volume = view.get("persistentvolumes", name);
  if (volume === undefined || volume.metadata?.deletionTimestamp !== undefined) return NO_PLAN;
  const reference = volume.spec?.claimRef;
  if (reference?.uid === undefined || reference.uid === "") return volumePhase(volume, "Available");
  const claim = view.get("persistentvolumeclaims", `${reference.namespace ?? ""}/${reference.name ?? ""}`);
  if (claim?.metadata?.uid === reference.uid) return NO_PLAN;
  if (volume.status?.phase !== "Bound" && volume.status?.phase !== "Released") return NO_PLAN;
  if (volume.spec?.persistentVolumeReclaimPolicy === "Delete") {
    const { uid = "" } = volume.metadata ?? {};
    return { steps: [volumePhase(volume, "Released").steps[0] ?? [], [{ call: { verb: "delete", ...VOLUMES, name, options: { preconditions: { uid } } }, accept: [404] }]] };
  }
  return volumePhase(volume, "Released");
}

function volumePhase(volume: PersistentVolume, phase: string): Plan {
  if (volume.status?.phase === phase) return NO_PLAN;
  const { name = "" } = volume.metadata ?? {};
  return planOf([{ call: { verb: "patch", ...VOLUMES, subresource: "status", name, body: { status: { phase } }, options: { patchType: "application/merge-patch+json" } }, accept: [404] }]);
}
